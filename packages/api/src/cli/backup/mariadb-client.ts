import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../../store/engine/mariadb-url.js';
import { CommandFailed, CommandRefused } from '../shell.js';

/** MariaDB's own programs; they know MySQL as well. */
export type Program = 'mariadb-dump' | 'mariadb';

/**
 * Runs one of them on the database, and lets `talk` read and write. The password is in a file that its owner alone can read
 * and that is gone afterwards: arguments and environment show to others.
 *
 * @throws {CommandRefused} where the program is not there, {CommandFailed} with what it said where it ended badly
 */
export async function runMariaDbProgram<T>(
  program: Program,
  server: Server,
  words: readonly string[],
  signal: AbortSignal,
  talk: (child: ChildProcessWithoutNullStreams) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const folder = mkdtempSync(join(tmpdir(), 'twofold-client-'));
  try {
    const options = join(folder, 'options');
    writeFileSync(options, optionFile(server), { mode: 0o600 });
    const child = spawn(program, [`--defaults-file=${options}`, ...words]);
    const stop = () => void child.kill();
    signal.addEventListener('abort', stop);
    try {
      return await talkUntilTheEnd(program, child, talk);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function talkUntilTheEnd<T>(
  program: Program,
  child: ChildProcessWithoutNullStreams,
  talk: (child: ChildProcessWithoutNullStreams) => Promise<T>,
): Promise<T> {
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(0, 2_000)));
  const started = once(child, 'spawn').catch(() => {
    throw new CommandRefused(
      `The program ${program} is not here. Debian and Ubuntu have it in mariadb-client.`,
    );
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  await started;
  const talked = await talk(child).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const code = await closed;
  // Where it ends early, what it is told breaks off as well (EPIPE): what it said is the better reason then.
  if ('error' in talked && (talked.error as { code?: string }).code !== 'EPIPE') throw talked.error;
  if (code !== 0) throw new CommandFailed(`${program} ended with ${String(code)}: ${said.trim()}`);
  if ('error' in talked) throw talked.error;
  return talked.value;
}

function optionFile(server: Server): string {
  const values: Record<string, string> = {
    host: server.host,
    port: String(server.port),
    user: server.username,
    password: server.password,
    // `localhost` would mean a socket, and the API goes over TCP.
    protocol: 'tcp',
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}="${escaped(value)}"`);
  if (server.tls) lines.push('ssl', 'ssl-verify-server-cert');
  return `[client]\n${lines.join('\n')}\n`;
}

/** Option files know backslashes (mariadb.com/kb, "Configuring MariaDB with Option Files"). */
function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('"', '\\"');
}
