import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './fingerprint.mjs';
import { root } from './places.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twofold-fingerprint-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/a.ts'), 'a');
  writeFileSync(join(folder, 'src/b.ts'), 'b');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const current = (/** @type {string[]} */ ...facts) => fingerprint([relative(root, folder)], facts);

test('a change of a file, its name or a fact changes it', () => {
  const seen = [current(), current('linux')];
  writeFileSync(join(folder, 'src/a.ts'), 'a2');
  seen.push(current());
  renameSync(join(folder, 'src/a.ts'), join(folder, 'src/c.ts'));
  seen.push(current());
  rmSync(join(folder, 'src/c.ts'));
  seen.push(current());
  expect(new Set(seen).size).toBe(seen.length);
});

test('what moves from one file into the next changes it', () => {
  const before = current();
  writeFileSync(join(folder, 'src/a.ts'), '');
  writeFileSync(join(folder, 'src/b.ts'), 'ab');
  expect(current()).not.toBe(before);
});

test('times, tests and what is built do not', () => {
  const before = current();
  utimesSync(join(folder, 'src/a.ts'), 1, 1);
  writeFileSync(join(folder, 'src/a.test.ts'), 'a');
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/a.js'), 'a');
  expect(current()).toBe(before);
});
