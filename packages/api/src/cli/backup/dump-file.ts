import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** The first line tells what it is, the last one is a checksum of all before it: a file that was cut off or altered shows. */
const FIRST = /^-- Twofold backup 1, of MariaDB, migrations: ([\w,]*)$/;
const LAST = /^-- sha256 ([0-9a-f]{64})\n$/;
const LAST_LENGTH = '-- sha256 '.length + 64 + 1;

/** The file from its first line to its last. */
export async function* dumpFile(
  migrations: readonly string[],
  dump: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer | string> {
  const hash = createHash('sha256');
  const first = `-- Twofold backup 1, of MariaDB, migrations: ${migrations.join(',')}\n`;
  hash.update(first);
  yield first;
  for await (const part of dump) {
    hash.update(part);
    yield part;
  }
  yield `-- sha256 ${hash.digest('hex')}\n`;
}

/** Reads it once from end to end. Null where it is none, or not whole. */
export async function inspectDumpFile(path: string): Promise<{ readonly migrations: string[] } | null> {
  const handle = await open(path, 'r');
  let last: string;
  let size: number;
  let first: string;
  try {
    size = (await handle.stat()).size;
    const end = Math.max(0, size - LAST_LENGTH);
    last = (await handle.read(Buffer.alloc(LAST_LENGTH), 0, LAST_LENGTH, end)).buffer.toString('latin1');
    first =
      (await handle.read(Buffer.alloc(4_096), 0, 4_096, 0)).buffer.toString('latin1').split('\n')[0] ?? '';
  } finally {
    await handle.close();
  }
  const migrations = FIRST.exec(first)?.[1];
  const sum = LAST.exec(last)?.[1];
  if (migrations === undefined || sum === undefined) return null;
  const hash = createHash('sha256');
  for await (const part of createReadStream(path, { end: size - LAST_LENGTH - 1 }))
    hash.update(part as Buffer);
  return hash.digest('hex') === sum ? { migrations: migrations.split(',') } : null;
}
