import type { Contestant } from '../contestants/contestant.js';
import { openConnection } from '../load/connection.js';
import { drive } from '../load/drive.js';
import type { Person } from '../people.js';
import type { Turn, Workload } from '../workloads/workload.js';
import { percentile } from './statistics.js';

/** Of one workload, for one contestant, in one round. */
export interface Measured {
  /** CPU of the server a piece of work, in µs. */
  readonly cpu: number;
  readonly perSecond: number;
  /** In ms. */
  readonly p50: number;
  readonly p99: number;
  /** The server's memory at the end, in MiB. */
  readonly rss: number;
}

export const CONNECTIONS = 8;

/**
 * The CPU of a turn is taken when all that it left behind is done as well: the audit log is sealed some seconds after the
 * answers. After that, each session that was opened has to work.
 */
export async function takeTurn(
  contestant: Contestant,
  workload: Workload,
  people: readonly Person[],
  now: () => number,
): Promise<Measured> {
  const { server, dialect } = contestant;
  server.resume();
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openConnection(server.port)),
  );
  try {
    if (contestant.hasClock) await server.moveClock(now());
    const turn: Turn = { contestant, connections, people, now };
    const jobs = await workload.prepare(turn);
    await contestant.settled();
    const before = await server.usage();
    const { results, latencies, elapsed } = await drive(connections, jobs, (connection, job) =>
      workload.work(turn, connection, job),
    );
    await contestant.settled();
    const after = await server.usage();
    await drive(connections, jobs, async (connection, { person }, index) => {
      const session = results[index];
      if (session) await dialect.whoAmI(connection, person, session);
    });
    return {
      cpu: (after.cpu - before.cpu) / jobs.length,
      perSecond: (jobs.length / elapsed) * 1_000,
      p50: percentile(latencies, 50),
      p99: percentile(latencies, 99),
      rss: after.rss / 2 ** 20,
    };
  } finally {
    for (const connection of connections) connection.close();
    server.pause();
  }
}
