import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './places.mjs';

const generated = new Set(['node_modules', 'dist', 'coverage', 'test-results', '.cache']);

/**
 * A digest of the names and contents of files. Contents rather than times: a checkout touches times without a change.
 *
 * @param {readonly string[]} paths files and folders, relative to the root; one that is missing counts as such
 * @param {readonly string[]} facts what else decides the result
 */
export function fingerprint(paths, facts = []) {
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const path of paths) {
    for (const file of filesIn(join(root, path))) {
      hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} sorted, so that the file system's order has no say */
function filesIn(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !generated.has(name) && !name.includes('.test.'));
  return names.sort().flatMap((name) => filesIn(join(path, name)));
}

/**
 * Does the work unless it was done for the same fingerprint and its results are still there.
 *
 * @param {string} name of the work
 * @param {readonly string[]} results files and folders, relative to the root
 * @param {string} current
 * @param {() => Promise<void>} work
 */
export async function unlessDone(name, results, current, work) {
  const stamp = join(root, 'node_modules/.cache/twofold', name);
  const isDone = [stamp, ...results.map((path) => join(root, path))].every((path) => existsSync(path));
  if (isDone && readFileSync(stamp, 'utf8') === current) return;
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
}
