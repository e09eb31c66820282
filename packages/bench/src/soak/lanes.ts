import type { Connection } from '../load/connection.js';
import { openConnection } from '../load/connection.js';

/** Kept-alive connections, taken in turn, so that none idles until the server closes it. */
export interface Lanes {
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): void;
}

/** @param most so many are opened, as by a proxy in front; who finds all of them taken waits for one */
export function openLanes(port: number, most = 1_000): Lanes {
  const free: Connection[] = [];
  const all: Connection[] = [];
  const waiting: ((connection: Connection) => void)[] = [];
  let opened = 0;

  async function take(): Promise<Connection> {
    const connection = free.shift();
    if (connection !== undefined) return connection;
    if (opened === most) return new Promise((resolve) => waiting.push(resolve));
    opened += 1;
    const fresh = await openConnection(port);
    all.push(fresh);
    return fresh;
  }

  return {
    async use(work) {
      const connection = await take();
      const result = await work(connection);
      // One on which something failed is not used again: its failure ends the soak.
      const next = waiting.shift();
      if (next === undefined) free.push(connection);
      else next(connection);
      return result;
    },
    close() {
      for (const connection of all) connection.close();
    },
  };
}
