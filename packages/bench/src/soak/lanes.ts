import type { Connection } from '../load/connection.js';
import { openConnection } from '../load/connection.js';

/** Kept-alive connections, taken in turn, so that none idles until the server closes it. */
export interface Lanes {
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): void;
}

/** Opens another one where all are taken. */
export function openLanes(port: number): Lanes {
  const free: Connection[] = [];
  const all: Connection[] = [];
  return {
    async use(work) {
      let connection = free.shift();
      if (connection === undefined) all.push((connection = await openConnection(port)));
      const result = await work(connection);
      // One on which something failed is not used again.
      free.push(connection);
      return result;
    },
    close() {
      for (const connection of all) connection.close();
    },
  };
}
