import type { Connection } from './connection.js';

export interface Driven<T> {
  readonly results: readonly T[];
  /** Of each job, in ms. */
  readonly latencies: readonly number[];
  /** From the first request to the last answer, in ms. */
  readonly elapsed: number;
}

/** Does all jobs, one after the other on each connection. The first job that fails ends all. */
export async function drive<Job, T>(
  connections: readonly Connection[],
  jobs: readonly Job[],
  work: (connection: Connection, job: Job, index: number) => Promise<T>,
): Promise<Driven<T>> {
  const results: T[] = [];
  const latencies: number[] = [];
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (let index = next++; index < jobs.length; index = next++) {
        const start = performance.now();
        results[index] = await work(connection, jobs[index]!, index);
        latencies[index] = performance.now() - start;
      }
    }),
  );
  return { results, latencies, elapsed: performance.now() - begin };
}
