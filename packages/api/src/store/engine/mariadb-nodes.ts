import type { Pool, PoolConnection } from 'mysql2';
import { DatabaseUnavailable } from './database-unavailable.js';
import { translate } from './mariadb-errors.js';

/** How long a node that did not serve is asked after the others only, but for one request that tries it. */
const AVOIDED_FOR = 5_000;
const WAIT_FOR_CONNECTION = 5_000;
/** For all nodes together. */
const WAIT_IN_ALL = 9_000;

/** A connection that is ready for statements. */
export interface Taken {
  readonly connection: PoolConnection;
  /** It gave out in the middle: the others are asked before its node for a while. */
  gaveOut(): void;
}

export interface Nodes {
  /** @throws {DatabaseUnavailable} where none serves */
  take(): Promise<Taken>;
  /** Whether a node is left that has not just failed. */
  anyServes(): boolean;
}

interface Node {
  readonly pool: Pool;
  avoidedUntil: number;
}

/**
 * Servers that hold the same data. `in order`: the first that serves, so that processes with one order meet on one node;
 * `by turns`: each in its turn. mysql2's own PoolCluster would only notice a node that takes no connections; one that has
 * lost its cluster takes them, and refuses what comes over them.
 *
 * @param ready resolves once a new connection is set up, and rejects where its node does not serve
 */
export function nodesOf(
  pools: readonly Pool[],
  order: 'in order' | 'by turns',
  ready: (connection: PoolConnection) => Promise<void> | undefined,
): Nodes {
  const nodes: Node[] = pools.map((pool) => ({ pool, avoidedUntil: 0 }));
  let turn = 0;

  const isAvoided = (node: Node) => node.avoidedUntil > performance.now();
  const avoid = (node: Node) => (node.avoidedUntil = performance.now() + AVOIDED_FOR);

  function inTurn(): Node[] {
    const start = order === 'in order' ? 0 : turn++ % nodes.length;
    const round = [...nodes.slice(start), ...nodes.slice(0, start)];
    // Where none serves each is asked all the same.
    return [...round.filter((node) => !isAvoided(node)), ...round.filter(isAvoided)];
  }

  async function take(): Promise<Taken> {
    const latest = performance.now() + WAIT_IN_ALL;
    let failure: unknown;
    for (const node of inTurn()) {
      const within = Math.min(WAIT_FOR_CONNECTION, latest - performance.now());
      if (within <= 0) break;
      // Whoever tries it again is alone in that: where it still hangs, nobody else waits for it.
      const failed = node.avoidedUntil !== 0;
      if (failed) avoid(node);
      try {
        const connection = await connectionOf(node.pool, ready, within);
        if (failed) node.avoidedUntil = 0;
        return { connection, gaveOut: () => void avoid(node) };
      } catch (error) {
        avoid(node);
        failure = error;
      }
    }
    throw failure;
  }

  return { take, anyServes: () => nodes.some((node) => !isAvoided(node)) };
}

/** mysql2 lets a caller wait for a connection without end. */
function connectionOf(
  pool: Pool,
  ready: (connection: PoolConnection) => Promise<void> | undefined,
  within: number,
): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new DatabaseUnavailable('POOL_TIMEOUT'));
    }, within);
    const failed = (error: unknown) => {
      clearTimeout(timer);
      reject(translate(error, 'connect'));
    };
    const arrived = (connection: PoolConnection) => {
      clearTimeout(timer);
      if (late) connection.release();
      else resolve(connection);
    };
    pool.getConnection((error, connection) => {
      if (error) return failed(error);
      const setUp = ready(connection);
      if (setUp === undefined) arrived(connection);
      else setUp.then(() => arrived(connection), failed);
    });
  });
}
