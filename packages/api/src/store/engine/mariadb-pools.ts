import * as mysql2 from 'mysql2';
import type { Pool, PoolConnection, PoolOptions } from 'mysql2';
import type { Nodes } from './mariadb-nodes.js';
import { nodesOf } from './mariadb-nodes.js';
import type { Server } from './mariadb-url.js';

const SET_UP_WITHIN = 5_000;
/** In seconds, and less than a statement may take: the server's own 50 s would hold a request, and a connection, too long. */
const LOCK_WAIT = 4;

/**
 * What each new connection is set to, whatever the server's configuration says. READ COMMITTED takes no gap locks, which
 * keeps inserts from deadlocking. Strict, so that nothing is cut off silently; without NO_BACKSLASH_ESCAPES, on which
 * mysql2's quoting of values relies.
 */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT}, sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
];

/** In a Galera cluster a node looks at what another has acknowledged before, when it reads, begins a transaction, or writes
 *  without one (1, 2 and 4); within a transaction nothing waits again. MariaDB alone knows the variable, and for a single server
 *  it means nothing (mariadb.com/kb, "wsrep_sync_wait"). */
const FRESH = '/*M! SET SESSION wsrep_sync_wait = 7 */';

/** A node that has lost its cluster accepts SET, SHOW and SELECT without a table; anything else it refuses. */
const DOES_IT_SERVE = 'DO 0';

const WRITING = [...SESSION, DOES_IT_SERVE, FRESH];
/** What by mistake would write to a copy is refused there. */
const READING = [
  ...SESSION,
  DOES_IT_SERVE,
  'SET SESSION TRANSACTION READ ONLY',
  // In seconds: what is given up here must not go on there.
  '/*M! SET SESSION max_statement_time = 8 */',
];

export interface Pools {
  readonly writers: Nodes;
  /** Null without replicas. */
  readonly replicas: Nodes | null;
}

/**
 * What TypeORM takes for mysql2, and the pools that it makes through it: this is where a connection can be set up before its
 * first use, and where a cluster's nodes are chosen from.
 */
export interface PoolMaker {
  readonly driver: object;
  /** Once TypeORM has connected. */
  pools(): Pools;
  /** Ends what was made, where TypeORM failed in the middle. */
  abandon(): void;
}

export function poolMaker({ others }: Server): PoolMaker {
  const writing: Pool[] = [];
  const reading: Pool[] = [];
  const settingUp = new WeakMap<PoolConnection, Promise<void>>();
  const ready = (connection: PoolConnection) => settingUp.get(connection);
  let nodes: Pools | null = null;
  const pools = () =>
    (nodes ??= {
      writers: nodesOf(writing, 'in order', ready),
      replicas: reading.length === 0 ? null : nodesOf(reading, 'by turns', ready),
    });

  function open(options: PoolOptions, statements: readonly string[]): Pool {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection: PoolConnection) => {
      // Unheard, an error of an idle connection would end the process.
      connection.on('error', () => undefined);
      const done = setUp(connection, statements);
      settingUp.set(connection, done);
      // TypeORM takes connections of a pool without asking whether they are ready: a broken one fails at its first statement.
      done.then(() => settingUp.delete(connection)).catch(() => connection.destroy());
    });
    return pool;
  }

  function openWriter(options: PoolOptions): Pool {
    const pool = open(options, WRITING);
    writing.push(pool);
    return pool;
  }

  return {
    driver: {
      ...mysql2,
      createPool: openWriter,
      createPoolCluster: () => ({
        add(id: string, options: PoolOptions) {
          if (id !== 'MASTER') reading.push(open(options, READING));
          else for (const address of [{}, ...others]) openWriter({ ...options, ...address });
        },
        getConnection(id: string, done: (error: unknown, connection?: PoolConnection) => void) {
          const { writers, replicas } = pools();
          const from = id === 'MASTER' ? writers : (replicas ?? writers);
          from.take().then(({ connection }) => done(null, connection), done);
        },
        end: (done: (error?: unknown) => void) => void ended([...writing, ...reading]).then(done, done),
      }),
    },
    pools,
    abandon: () => void ended([...writing, ...reading]).catch(() => undefined),
  };
}

async function ended(pools: readonly Pool[]): Promise<void> {
  await Promise.all(pools.map((pool) => pool.promise().end()));
}

/** Commands of a connection are sent in order: these come before its first statement. */
async function setUp(connection: PoolConnection, statements: readonly string[]): Promise<void> {
  const sent = statements.map(
    (sql) =>
      new Promise<void>((resolve, reject) => {
        connection.query({ sql, timeout: SET_UP_WITHIN }, (error) => (error ? reject(error) : resolve()));
      }),
  );
  await Promise.all(sent);
}
