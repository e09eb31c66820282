import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { freePort } from '../free-port.js';
import { scripts } from '../contestants/places.js';

/** What the process holds, after garbage was collected. Memory in bytes; files and sockets as /proc counts them. */
export interface Held {
  readonly rss: number;
  readonly heap: number;
  readonly files: number;
  readonly sockets: number;
}

export interface Product {
  readonly port: number;
  held(): Promise<Held>;
  /** Asks it to stop. Answers its exit code. */
  stop(): Promise<number | null>;
}

/** As `npm start` runs it; it is ready. */
export async function startProduct(environment: Readonly<Record<string, string>>): Promise<Product> {
  const port = await freePort();
  const probe = pathToFileURL(fileURLToPath(new URL('./probe.js', import.meta.url))).href;
  const child = spawn(process.execPath, ['--import', probe, scripts.product], {
    env: { PATH: process.env['PATH'], ...environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  process.once('exit', () => child.kill('SIGKILL'));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-4_000);
      if (said.includes('Twofold is ready')) resolve();
    });
    child.once('exit', () => reject(new Error(`It ended before it was ready. ${said}`)));
  });
  return {
    port,
    async held() {
      const answer = Promise.race([
        once(child, 'message') as Promise<[{ rss: number; heap: number }]>,
        ended.then((): never => {
          throw new Error(`It ended by itself. ${said}`);
        }),
      ]);
      child.send('held?');
      const [memory] = await answer;
      return { ...memory, ...openBy(child.pid ?? 0) };
    },
    async stop() {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

/** proc(5), /proc/PID/fd */
function openBy(pid: number): { files: number; sockets: number } {
  const folder = `/proc/${String(pid)}/fd`;
  const targets = readdirSync(folder).map((name) => {
    try {
      return readlinkSync(`${folder}/${name}`);
    } catch {
      return null;
    }
  });
  const open = targets.filter((target) => target !== null);
  const sockets = open.filter((target) => target.startsWith('socket:')).length;
  return { files: open.length - sockets, sockets };
}
