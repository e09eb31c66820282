import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandFailed, CommandRefused } from './shell.js';

/**
 * Makes a file that its owner alone can read. It is there once it is whole: until then it is written beside, and deleted where
 * anything fails.
 *
 * @throws {CommandRefused} where there is one already
 */
export async function makeNewFile(file: string, fill: (draft: string) => Promise<void>): Promise<void> {
  if (existsSync(file)) throw new CommandRefused(`There is a file at ${file} already.`);
  const draft = draftBeside(file);
  try {
    await fill(draft);
    moveWithoutReplacing(draft, file);
  } catch (error) {
    throw isFileError(error) ? new CommandFailed(`${file} cannot be written (${error.code}).`) : error;
  } finally {
    removeDraft(draft);
  }
}

/** A name in the same folder, so that a rename is one step. */
export function draftBeside(file: string): string {
  return `${file}.${randomBytes(4).toString('hex')}.part`;
}

/** With what SQLite writes beside a file. */
export function removeDraft(draft: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(draft + end, { force: true });
}

/** A file that its owner alone can read, from parts that are written one after the other. */
export function writeDraft(draft: string, parts: AsyncIterable<string | Uint8Array>): Promise<void> {
  return pipeline(Readable.from(parts), createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }));
}

/** Some network drives know no links: there, what came in between is replaced. */
function moveWithoutReplacing(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isFileError(error) || !['EPERM', 'ENOTSUP', 'ENOSYS'].includes(error.code)) throw error;
    renameSync(draft, file);
  }
}

function isFileError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
