import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './places.mjs';

/** What a file imports while it is loaded. What one of its functions imports later is indented. */
const importsOf = (/** @type {string} */ path) =>
  [...readFileSync(path, 'utf8').matchAll(/^(?:import\b|const [^=]*= await import\()[^']*'([^']+)'/gm)].map(
    ([, name = '']) => name,
  );

test('a fresh clone can start: until it has installed the packages, it loads none of them', () => {
  const seen = new Set([join(root, 'scripts/run.mjs')]);
  const foreign = [];
  for (const path of seen) {
    for (const name of importsOf(path)) {
      if (name.startsWith('.')) seen.add(join(dirname(path), name));
      else if (!name.startsWith('node:')) foreign.push(`${path}: ${name}`);
    }
  }
  expect(seen.size).toBeGreaterThan(8);
  expect(foreign).toEqual([]);
});
