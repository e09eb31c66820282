import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../free-port.js';
import { scripts } from './places.js';
import { spawnProgram } from './server-process.js';

/** What `npm start` runs, by itself; it is ready. */
export interface Product {
  readonly child: ChildProcess;
  readonly port: number;
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
  /** The newest of what it wrote to standard output. */
  said(): string;
  /** Asks it to stop. Answers its exit code. */
  stop(): Promise<number | null>;
}

/** @param flags of Node, before the script */
export async function startProduct(
  environmentOn: (port: number) => Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Product> {
  const port = await freePort();
  const environment = { ...environmentOn(port), PORT: String(port) };
  const program = { script: scripts.product, environment, pin: [], flags };
  const child = spawnProgram(program, ['ignore', 'pipe', 'inherit', 'ipc']);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-4_000);
      if (said.includes('Twofold is ready')) resolve();
    });
    child.once('exit', () => reject(new Error(`It ended before it was ready. ${said}`)));
  });
  return {
    child,
    port,
    ended,
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
