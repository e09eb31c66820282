import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const text = read(path) ?? create(path);
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
  const line = `dev-${randomBytes(4).toString('hex')}:${randomBytes(KEY_BYTES).toString('base64')}\n`;
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
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
