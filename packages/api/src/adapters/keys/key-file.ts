import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MasterKey } from './key-ring.js';

const KEY_BYTES = 32;

/**
 * Reads `id:base64,…`, newest first. Throws an error whose message names the first fault by the number of its entry,
 * and never a key.
 */
export function parseKeys(text: string): MasterKey[] {
  if (text.trim() === '') throw new Error('there is no key');
  const ids = new Set<string>();
  return text.split(',').map((entry, index) => {
    const refuse = (fault: string) => new Error(`entry ${index + 1} ${fault}`);
    const parts = entry.trim().split(':');
    const [id = '', encoded = ''] = parts;
    if (parts.length !== 2) throw refuse('is not id:base64');
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id))
      throw refuse('has an id that is not 1 to 32 letters, digits, dashes or underscores');
    if (ids.has(id)) throw refuse('has the id of another entry');
    ids.add(id);
    const key = decode(encoded);
    if (key === null) throw refuse('has a key that is not 32 bytes in base64');
    // What a template or an unset variable gives.
    if (key.every((byte) => byte === 0)) throw refuse('has a key of zeros');
    return { id, key };
  });
}

function decode(encoded: string): Buffer | null {
  const key = Buffer.from(encoded, 'base64');
  // Buffer skips what is not base64: a key with a slip in it would be another key.
  const same = key.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  return same && key.length === KEY_BYTES ? key : null;
}

/**
 * The keys of a development server, from a file that is made where there is none, readable by its owner alone.
 * Processes that start at once end with one key. Throws where the file cannot be read or made, or is faulty.
 */
export function loadOrCreateKeys(path: string): MasterKey[] {
  return parseFile(read(path) ?? create(path));
}

/** As `loadOrCreateKeys`, but null where there is no file: for who only looks. */
export function loadKeys(path: string): MasterKey[] | null {
  const text = read(path);
  return text === null ? null : parseFile(text);
}

/**
 * Puts a fresh key in front of those of the file, or makes the file. The file is at each moment the one or the other, and
 * the old keys are in both. Answers the id. Throws where the file is faulty, and leaves it as it is.
 */
export function addKey(path: string): string {
  const text = read(path);
  if (text === null) return parseFile(create(path))[0]!.id;
  parseFile(text);
  const id = developmentId();
  const file = realpathSync(path);
  const draft = draftOf(file);
  try {
    writeFileSync(draft, `${newEntry(id)},${text.trim()}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return id;
}

/** `id:base64` of a key that nobody has yet. */
export function newEntry(id: string): string {
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

/** The configuration knows them by the beginning, and refuses them in production. */
const developmentId = () => `dev-${randomBytes(4).toString('hex')}`;

const draftOf = (path: string) => `${path}.${randomBytes(8).toString('hex')}`;

function parseFile(text: string): MasterKey[] {
  try {
    return parseKeys(text);
  } catch (error) {
    throw new Error(
      `The key file is not usable: ${error instanceof Error ? error.message : 'unknown fault'}.`,
    );
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Written beside and linked into place: the file is never there in part, and whoever comes second takes the first one's. */
function create(path: string): string {
  const line = `${newEntry(developmentId())}\n`;
  const draft = draftOf(path);
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(draft, line, { mode: 0o600, flag: 'wx' });
    linkSync(draft, path);
    return line;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return readFileSync(path, 'utf8');
  } finally {
    rmSync(draft, { force: true });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
