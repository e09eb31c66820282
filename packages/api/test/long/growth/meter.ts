import type { Connection, RowDataPacket } from 'mysql2/promise';

/** What an operation cost the database. Rows are counted by the server, so that a busy machine changes nothing about them. */
export interface Cost {
  /** Rows and entries of indices that were read, temporary tables included, and those that were passed over in an index. */
  readonly reads: number;
  readonly writes: number;
  /** Of the buffer pool, as deep as the trees of the indices are. */
  readonly pages: number;
  /** The median of the repetitions, in milliseconds. */
  readonly time: number;
}

type Counters = Pick<Cost, 'reads' | 'writes' | 'pages'>;

const READS = /^Handler_read_/;
const WRITES = /^Handler_(write|update|delete)$/;
const PAGES = 'Innodb_buffer_pool_read_requests';

/**
 * Measures work on a server that does nothing else, over a connection of its own: what the counters have gone up by, less what
 * looking at them costs. Of several repetitions the mean.
 */
export async function measure(
  connection: Connection,
  work: () => Promise<unknown>,
  repetitions: number,
): Promise<Cost> {
  const looking = await between(connection, () => Promise.resolve());
  const times: number[] = [];
  const spent = await between(connection, async () => {
    for (let n = 0; n < repetitions; n++) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
    }
  });
  const each = (name: keyof Counters) => (spent[name] - looking[name]) / repetitions;
  const time = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  return { reads: each('reads'), writes: each('writes'), pages: each('pages'), time };
}

async function between(connection: Connection, work: () => Promise<unknown>): Promise<Counters> {
  const before = await counters(connection);
  await work();
  const after = await counters(connection);
  const less = (name: keyof Counters) => after[name] - before[name];
  return { reads: less('reads'), writes: less('writes'), pages: less('pages') };
}

async function counters(connection: Connection): Promise<Counters> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler%' OR Variable_name = '${PAGES}'`,
  );
  const sum = (isOne: (name: string) => boolean) =>
    rows
      .filter((row) => isOne(row['Variable_name'] as string))
      .reduce((total, row) => total + Number(row['Value']), 0);
  // What a condition on the index itself passes over is not among the rows that were read.
  const passedOver =
    sum((name) => name === 'Handler_icp_attempts') - sum((name) => name === 'Handler_icp_match');
  return {
    reads: sum((name) => READS.test(name)) + passedOver,
    writes: sum((name) => WRITES.test(name)),
    pages: sum((name) => name === PAGES),
  };
}
