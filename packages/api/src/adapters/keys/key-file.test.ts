import { spawn } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addKey, loadKeys, loadOrCreateKeys, newEntry, parseKeys } from './key-file.js';

const bytes = (start: number) => Buffer.from(Array.from({ length: 32 }, (_, i) => start + i));
const entry = (id: string, start: number) => `${id}:${bytes(start).toString('base64')}`;

describe('ENCRYPTION_KEYS', () => {
  it('lists keys, newest first', () => {
    expect(parseKeys(`${entry('2026-11', 1)}, ${entry('2026_10', 2)}\n`)).toEqual([
      { id: '2026-11', key: bytes(1) },
      { id: '2026_10', key: bytes(2) },
    ]);
  });

  it('takes base64 without padding', () => {
    expect(parseKeys(entry('a', 1).replace(/=+$/, ''))).toEqual([{ id: 'a', key: bytes(1) }]);
  });

  const secret = bytes(1).toString('base64');
  it.each([
    ['', 'there is no key'],
    [' ', 'there is no key'],
    [secret, 'entry 1 is not id:base64'],
    [`a:b:${secret}`, 'entry 1 is not id:base64'],
    [`${entry('a', 1)},`, 'entry 2 is not id:base64'],
    [`:${secret}`, 'entry 1 has an id'],
    [`a.b:${secret}`, 'entry 1 has an id'],
    [`${'a'.repeat(33)}:${secret}`, 'entry 1 has an id'],
    [`${entry('a', 1)},${entry('a', 2)}`, 'entry 2 has the id of another'],
    ['a:', 'entry 1 has a key that is not 32 bytes'],
    [`a:${Buffer.alloc(16, 'k').toString('base64')}`, 'entry 1 has a key that is not 32 bytes'],
    [`a:${Buffer.alloc(33, 'k').toString('base64')}`, 'entry 1 has a key that is not 32 bytes'],
    [`a:!${secret}`, 'entry 1 has a key that is not 32 bytes'],
    [`a:${bytes(1).toString('hex')}`, 'entry 1 has a key that is not 32 bytes'],
    [`a:${Buffer.alloc(32).toString('base64')}`, 'entry 1 has a key of zeros'],
  ])('threat: a faulty list is taken, or told in full: %#', (text, fault) => {
    expect(() => parseKeys(text)).toThrow(fault);
    expect(() => parseKeys(text)).not.toThrow(secret.slice(0, 12));
  });
});

it('a new entry is a key of its own each time', () => {
  const [a, b] = parseKeys(`${newEntry('a')},${newEntry('b')}`);
  expect(a?.key.equals(b?.key ?? Buffer.alloc(0))).toBe(false);
});

describe('the key file of development', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'twofold-keys-'));
    path = join(folder, 'data', 'encryption.keys');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made at the first start, for its owner alone, and kept', () => {
    const [made, ...more] = loadOrCreateKeys(path);
    expect(more).toEqual([]);
    expect(made?.key).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(loadOrCreateKeys(path)).toEqual([made]);
    expect(readdirSync(join(folder, 'data'))).toEqual(['encryption.keys']);
  });

  it('holds the line of ENCRYPTION_KEYS', () => {
    const keys = loadOrCreateKeys(path);
    expect(parseKeys(readFileSync(path, 'utf8'))).toEqual(keys);
  });

  it('is another one for another server', () => {
    expect(loadOrCreateKeys(path)).not.toEqual(loadOrCreateKeys(join(folder, 'other.keys')));
  });

  it('threat: is replaced where it is damaged, and what was sealed is lost', () => {
    loadOrCreateKeys(path);
    writeFileSync(path, 'damaged');
    expect(() => loadOrCreateKeys(path)).toThrow('The key file is not usable: entry 1 is not id:base64.');
    expect(readFileSync(path, 'utf8')).toBe('damaged');
  });

  it('is not made by who only looks', () => {
    expect(loadKeys(path)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    const keys = loadOrCreateKeys(path);
    expect(loadKeys(path)).toEqual(keys);
  });

  it('gets a fresh key in front, and keeps the old ones and its mode', () => {
    const before = loadOrCreateKeys(path);
    const id = addKey(path);
    const [added, ...others] = loadOrCreateKeys(path);
    expect(added?.id).toBe(id);
    expect(id).toMatch(/^dev-/);
    expect(others).toEqual(before);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'data'))).toEqual(['encryption.keys']);
  });

  it('is made where a key is added and there is none', () => {
    expect(loadKeys(path)).toBeNull();
    const id = addKey(path);
    expect(loadKeys(path)?.map((key) => key.id)).toEqual([id]);
  });

  it('stays where the link to it lies', () => {
    const real = join(folder, 'elsewhere.keys');
    const link = join(folder, 'link.keys');
    loadOrCreateKeys(real);
    symlinkSync(real, link);
    addKey(link);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(loadKeys(real)).toHaveLength(2);
  });

  it('threat: a damaged one gets a key in front, and the rest is lost', () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(path, 'damaged');
    expect(() => addKey(path)).toThrow('The key file is not usable');
    expect(readFileSync(path, 'utf8')).toBe('damaged');
  });

  it('throws where it cannot be read', () => {
    expect(() => loadOrCreateKeys(folder)).toThrow('EISDIR');
  });

  it('threat: processes that start at once each seal under a key of their own', async () => {
    const paths = Array.from({ length: 100 }, (_, i) => join(folder, `${i}.keys`));
    const starts = Array.from({ length: 3 }, () => startReader(paths));
    await Promise.all(starts.map((start) => start.ready));
    const read = await Promise.all(starts.map((start) => start.go()));
    const kept = paths.map((path) => loadOrCreateKeys(path)[0]?.id);
    expect(new Set(kept).size).toBe(100);
    expect(read).toEqual([kept, kept, kept]);
  });
});

/** A process of its own that calls loadOrCreateKeys on every path once it is told to, and answers with the ids. */
function startReader(paths: readonly string[]) {
  const code = `import(process.env.SOURCE).then(({ loadOrCreateKeys }) => {
    console.log('ready');
    process.stdin.once('data', () => {
      console.log(JSON.stringify(JSON.parse(process.env.PATHS).map((path) => loadOrCreateKeys(path)[0].id)));
      process.exit();
    });
  })`;
  const source = new URL('key-file.ts', import.meta.url);
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', '--eval', code], {
    cwd: fileURLToPath(new URL('.', source)),
    env: { ...process.env, SOURCE: source.href, PATHS: JSON.stringify(paths) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ready: lines.next(),
    go: async () => {
      child.stdin.write('go');
      const { value } = await lines.next();
      return JSON.parse(value ?? 'null') as unknown;
    },
  };
}
