import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twofold-start-'));
  const source = readFileSync(new URL('../../src/server.ts', import.meta.url), 'utf8');
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  writeFileSync(join(folder, 'server.mjs'), ts.transpileModule(source, { compilerOptions }).outputText);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A bundle as rolldown.config.js makes one, that says a word and ends after so many milliseconds. */
function bundle(word: string, lasting: number): void {
  const code = `exports.word = '${word}'; require('./server-part.cjs'); setTimeout(() => undefined, ${String(lasting)});`;
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${code}\n})`;
  writeFileSync(join(folder, 'server-main.cjs'), wrapped);
}

/** What is loaded later asks for the first part again: it must not run twice. */
const part = `const { word } = require('./server-main.cjs'); console.log(word);`;

async function start(): Promise<string> {
  const child = spawn(process.execPath, [join(folder, 'server.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const said = await text(child.stdout);
  await ended;
  return said;
}

const cache = () => join(folder, 'server-main.cjs.cache');

it(
  'keeps what was compiled, and never starts another build’s code from it',
  { timeout: 60_000 },
  async () => {
    writeFileSync(join(folder, 'server-part.cjs'), part);
    bundle('early', 6_000);
    expect(await start()).toBe('early\n');
    const kept = readFileSync(cache());
    expect(readdirSync(folder).filter((name) => name.includes('.cache'))).toEqual(['server-main.cjs.cache']);

    bundle('early', 0);
    expect(await start()).toBe('early\n');
    // Of the same length, which is all that V8 compares.
    bundle('later', 0);
    expect(await start()).toBe('later\n');
    expect(readFileSync(cache()).equals(kept)).toBe(true);
  },
);

it('starts where nothing is kept, or what is kept is no code', async () => {
  writeFileSync(join(folder, 'server-part.cjs'), part);
  bundle('fresh', 0);
  for (const content of ['', 'no code', 'x'.repeat(4_096)]) {
    writeFileSync(cache(), content);
    expect(await start()).toBe('fresh\n');
  }
  rmSync(cache());
  expect(await start()).toBe('fresh\n');
});
