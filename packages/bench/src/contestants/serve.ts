import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answered, Asked } from './messages.js';

/** What a server under test is told in its environment, and the clock that the bench moves. */
export const port = Number(process.env['BENCH_PORT'] ?? 0);

/** Null: the system's. */
let moved: number | null = null;
export const now = (): number => moved ?? Date.now();

/** Listens, and answers the bench over the channel between the two processes: what it has cost so far. */
export function serve(server: Server): void {
  server.listen(port, '127.0.0.1', () => {
    tell({ kind: 'listening', port: (server.address() as AddressInfo).port });
  });
  answerTheBench();
}

export function answerTheBench(): void {
  process.on('message', (asked: Asked) => {
    if (asked.kind === 'clock') moved = asked.now;
    const { user, system } = process.cpuUsage();
    tell({ kind: 'usage', cpu: user + system, rss: process.memoryUsage.rss() });
  });
  // Nobody is left to serve when the bench is gone.
  process.on('disconnect', () => process.exit(0));
}

export function tell(message: Answered): void {
  process.send?.(message);
}
