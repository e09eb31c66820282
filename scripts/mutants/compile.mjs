import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../places.mjs';
import { patched } from './patch.mjs';

/** @typedef {import('./patch.mjs').Mutant} Mutant */

/** A guard that is gone may leave a name that nobody uses. */
const unused = new Set([6133, 6192, 6196, 6198, 6199]);

/**
 * A patch that does not compile would be “killed” by a mistake of ours, and say nothing about the tests.
 *
 * @param {readonly Mutant[]} mutants
 * @returns {string[]} what is wrong, a line each
 */
export function compileFaults(mutants) {
  /** @type {Map<string, string>} */
  let overlay = new Map();
  let version = 0;
  const service = languageService(
    (path) => overlay.get(path) ?? ts.sys.readFile(path),
    (path) => (overlay.has(path) ? `mutant ${String(version)}` : 'whole'),
  );
  const faults = [];
  for (const mutant of mutants) {
    const texts = patched(mutant, (file) => readFileSync(join(root, file), 'utf8'));
    overlay = new Map([...texts].map(([file, text]) => [join(root, file), text]));
    version += 1;
    for (const path of overlay.keys()) {
      const found = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
      for (const { code, messageText } of found)
        if (!unused.has(code))
          faults.push(
            `“${mutant.guard}” does not compile: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
          );
    }
  }
  return faults;
}

/** @param {(path: string) => string | undefined} read @param {(path: string) => string} versionOf */
function languageService(read, versionOf) {
  const config = join(root, 'packages/api/tsconfig.test.json');
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    dirname(config),
  );
  return ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, incremental: false }),
    getScriptFileNames: () => fileNames,
    getScriptVersion: versionOf,
    getScriptSnapshot(path) {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: read,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  });
}
