import { expect, test } from 'vitest';
import { loadsOf } from './bundle.mjs';

/** @type {import('./bundle.mjs').Manifest} */
const manifest = {
  'index.html': {
    file: 'index.js',
    isEntry: true,
    imports: ['_vue.js'],
    dynamicImports: ['src/users/Users.vue'],
  },
  '_vue.js': { file: 'vue.js', imports: ['index.html'] },
  '_table.js': { file: 'table.js', imports: ['_vue.js'] },
  'src/users/Users.vue': {
    file: 'users.js',
    isDynamicEntry: true,
    imports: ['_table.js', '_vue.js', 'index.html'],
  },
  '../../node_modules/.pnpm/x/node_modules/@zxcvbn-ts/language-en/dist/index.mjs': {
    file: 'words.js',
    isDynamicEntry: true,
  },
};
const sizes = /** @type {Record<string, number>} */ ({
  'index.js': 60_000,
  'vue.js': 40_000,
  'users.js': 8_000,
  'table.js': 2_000,
  'words.js': 600_000,
  'sign-in.js': 30_000,
});
const bytesOf = (/** @type {string} */ file) => sizes[file] ?? 0;

test('the first load is index.html and all that it imports, and a page is what it adds to that', () => {
  expect(loadsOf(manifest, bytesOf).map(({ name, kilobytes }) => [name, kilobytes])).toEqual([
    ['first load', 100],
    ['@zxcvbn-ts/language-en', 600],
    ['src/users/Users.vue', 10],
  ]);
});

test('a sign-in page that comes after the program belongs to the first load all the same', () => {
  const lazy = { file: 'sign-in.js', isDynamicEntry: true, imports: ['_vue.js'] };
  const loads = loadsOf({ ...manifest, 'src/sign-in/SignInPage.vue': lazy }, bytesOf);
  expect(loads[0]).toEqual({ name: 'first load', kilobytes: 130, budget: 115 });
  expect(loads).toHaveLength(3);
});

test('dictionaries may weigh more than a page, which may weigh less than the first load', () => {
  const [first, words, page] = loadsOf(manifest, bytesOf).map(({ budget }) => budget);
  expect(page).toBeLessThan(first ?? 0);
  expect(words).toBeGreaterThan(first ?? 0);
});

test('a manifest without the first page is a fault and not an empty load', () => {
  expect(() => loadsOf({}, bytesOf)).toThrow('index.html');
});
