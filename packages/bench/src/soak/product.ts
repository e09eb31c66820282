import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Product } from '../contestants/product.js';
import { startProduct } from '../contestants/product.js';

/** What the process holds, after garbage was collected. Memory in bytes; files and sockets as /proc counts them. */
export interface Held {
  readonly rss: number;
  readonly heap: number;
  readonly files: number;
  readonly sockets: number;
}

export interface ProbedProduct extends Product {
  held(): Promise<Held>;
}

/** With a probe in it that can be asked for its memory. */
export async function startProbed(environment: Readonly<Record<string, string>>): Promise<ProbedProduct> {
  const probe = pathToFileURL(fileURLToPath(new URL('./probe.js', import.meta.url))).href;
  const product = await startProduct(() => environment, ['--import', probe]);
  const { child, ended, said } = product;
  return {
    ...product,
    async held() {
      const answer = Promise.race([
        once(child, 'message') as Promise<[{ rss: number; heap: number }]>,
        ended.then((): never => {
          throw new Error(`It ended by itself. ${said()}`);
        }),
      ]);
      child.send('held?');
      const [memory] = await answer;
      return { ...memory, ...openBy(child.pid ?? 0) };
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
