import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { StepFailed } from './children.mjs';
import { root } from './places.mjs';

/**
 * A line of Vite's manifest.
 *
 * @typedef {{ file: string, isEntry?: boolean, isDynamicEntry?: boolean, imports?: string[], dynamicImports?: string[] }} Chunk
 * @typedef {Record<string, Chunk>} Manifest
 * @typedef {{ name: string, kilobytes: number, budget: number }} Load
 */

/** In kB (1,000 bytes) of gzipped script. */
const budgets = {
  firstLoad: 115,
  page: 40,
  /** What a page fetches once it is needed. The dictionaries of passwords come when somebody types a new one. */
  onDemand: /** @type {Record<string, number>} */ ({
    'libphonenumber-js': 50,
    '@zxcvbn-ts/core': 20,
    '@zxcvbn-ts/language-en': 650,
    '@zxcvbn-ts/language-common': 250,
  }),
};

/** The page that a signed-out visitor meets: whether its files come with the program or after it, they are waited for. */
const firstPage = ['index.html', 'src/sign-in/SignInLayout.vue', 'src/sign-in/SignInPage.vue'];

/**
 * What is loaded for the first page, and what each page and each part on demand adds to it.
 *
 * @param {Manifest} manifest
 * @param {(file: string) => number} bytesOf of a file, gzipped
 * @returns {Load[]}
 */
export function loadsOf(manifest, bytesOf) {
  if (!manifest['index.html']?.isEntry) throw new StepFailed('The manifest of the client has no index.html.');
  const first = new Set(firstPage.flatMap((key) => [...withImports(manifest, key)]));
  /** @param {Set<string>} keys */
  const kilobytes = (keys) => {
    const files = new Set([...keys].map((key) => manifest[key]?.file ?? ''));
    return [...files].reduce((sum, file) => sum + bytesOf(file), 0) / 1_000;
  };
  const others = Object.keys(manifest).filter((key) => manifest[key]?.isDynamicEntry && !first.has(key));
  const added = others.map((key) => {
    const keys = new Set([...withImports(manifest, key)].filter((one) => !first.has(one)));
    const library = Object.keys(budgets.onDemand).find((name) => key.includes(`/node_modules/${name}/`));
    const budget = library === undefined ? budgets.page : (budgets.onDemand[library] ?? 0);
    return { name: library ?? key, kilobytes: kilobytes(keys), budget };
  });
  added.sort((a, b) => b.kilobytes - a.kilobytes);
  return [{ name: 'first load', kilobytes: kilobytes(first), budget: budgets.firstLoad }, ...added];
}

/**
 * A chunk and all that it imports without being asked.
 *
 * @param {Manifest} manifest
 * @param {string} key
 */
function withImports(manifest, key, found = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined || found.has(key)) return found;
  found.add(key);
  for (const next of chunk.imports ?? []) withImports(manifest, next, found);
  return found;
}

/** Prints what the built client weighs. @throws {StepFailed} where something weighs more than it may */
export function checkBundle() {
  const folder = join(root, 'packages/web/dist');
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'));
  const loads = loadsOf(manifest, (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length);
  const lines = loads.map(
    ({ name, kilobytes, budget }) =>
      `${kilobytes.toFixed(1).padStart(7)} of ${String(budget).padStart(3)} kB  ${name}`,
  );
  console.log(`Gzipped script, and what it may be:\n${lines.join('\n')}`);
  const over = loads.filter(({ kilobytes, budget }) => kilobytes > budget);
  if (over.length > 0) throw new StepFailed(`Too heavy: ${over.map(({ name }) => name).join(', ')}.`);
}
