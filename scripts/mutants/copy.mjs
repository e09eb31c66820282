import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../places.mjs';
import { patched } from './patch.mjs';

/** @typedef {import('./patch.mjs').Mutant} Mutant */

const packages = ['core', 'factors', 'contract', 'sqlite', 'api'];
const heavy = new Set(['dist', 'coverage', '.vite', '.vite-temp', '.cache']);

/**
 * A checkout of its own to break: the packages that the server is made of. Their links to one another are relative and so
 * lead into the copy; those to packages of others lead through the link beside them to what is installed here.
 *
 * @returns {string} its folder
 */
export function makeCopy() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'twofold-mutants-')));
  for (const name of packages)
    cpSync(join(root, 'packages', name), join(folder, 'packages', name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !heavy.has(basename(path)),
    });
  for (const entry of readdirSync(root, { withFileTypes: true }))
    if (entry.isFile()) cpSync(join(root, entry.name), join(folder, entry.name));
  for (const name of ['docs', 'docker']) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  assertApart(folder);
  return folder;
}

/** Were a link absolute, the mutants would be tried on the original, and all would survive. @param {string} folder */
function assertApart(folder) {
  for (const [from, to] of [
    ['api', 'core'],
    ['api', 'factors'],
    ['api', 'contract'],
    ['api', 'sqlite'],
    ['factors', 'core'],
  ]) {
    const reached = realpathSync(join(folder, 'packages', `${from}/node_modules/@twofold/${to}`));
    if (reached !== join(folder, 'packages', `${to}`))
      throw new Error(`In the copy, ${from} finds @twofold/${to} outside of it: ${reached}`);
  }
}

/**
 * Breaks the copy for as long as the work takes.
 *
 * @template T
 * @param {string} folder
 * @param {Mutant} mutant
 * @param {() => Promise<T>} work
 */
export async function withMutant(folder, mutant, work) {
  /** @type {Map<string, string>} */
  const whole = new Map();
  const texts = patched(mutant, (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    whole.set(file, text);
    return text;
  });
  for (const [file, text] of texts) writeFileSync(join(folder, file), text);
  try {
    return await work();
  } finally {
    for (const [file, text] of whole) writeFileSync(join(folder, file), text);
  }
}

/** @param {string} folder */
export function removeCopy(folder) {
  rmSync(folder, { recursive: true, force: true });
}
