import * as mysql2 from 'mysql2';
import type { Pool, PoolConnection, PoolOptions, ResultSetHeader } from 'mysql2';
import { DataSource } from 'typeorm';
import { DatabaseUnavailable, StatementFailed } from './database-unavailable.js';
import type { Engine, EngineOptions } from './engine.js';
import { CONTENTION, translate } from './mariadb-errors.js';
import type { Sql, Value } from './sql.js';
import { bindable } from './sql.js';

export interface Server {
  /** TypeORM keeps them apart: with the wrong one it sees a schema that has drifted. */
  readonly dialect: 'mariadb' | 'mysql';
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  /** TLS, with a certificate that the system trusts. */
  readonly tls: boolean;
}

const CONNECTIONS = 10;
const CONNECT_WITHIN = 5_000;
const WAIT_FOR_CONNECTION = 5_000;
const ANSWER_WITHIN = 10_000;
/** In seconds, and less than ANSWER_WITHIN: the server's own 50 s would hold a request, and a connection, too long. */
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

/** MariaDB, and MySQL: TypeORM's pool, used directly. A lost server is found again by the next call. */
export function mariadbEngine(server: Server, options: EngineOptions): Engine {
  let source: DataSource | null = null;
  let pool: Pool | null = null;
  let connecting: Promise<Pool> | null = null;

  function connected(): Promise<Pool> {
    if (pool !== null) return Promise.resolve(pool);
    connecting ??= connectOnce().finally(() => (connecting = null));
    return connecting;
  }

  async function connectOnce(): Promise<Pool> {
    let made: Pool | null = null;
    // TypeORM makes the pool; this is where a connection can be configured before its first use.
    const driver = {
      ...mysql2,
      createPool: (poolOptions: PoolOptions) => (made = configuredPool(poolOptions)),
    };
    const opened = new DataSource({ ...dataSourceOptions(server), driver, ...options });
    try {
      await opened.initialize();
    } catch (error) {
      // TypeORM leaves it open where a statement fails after the first connection was made.
      (made as Pool | null)?.end(() => undefined);
      throw translate(error, 'connect');
    }
    if (made === null) throw new Error('TypeORM made no pool.');
    source = opened;
    return (pool = made);
  }

  async function withConnection<T>(work: (sql: Sql, connection: PoolConnection) => Promise<T>): Promise<T> {
    const connection = await acquire(await connected());
    try {
      const result = await work(sqlOf(server.dialect, connection), connection);
      connection.release();
      return result;
    } catch (error) {
      // After an outage its state is unknown: a time-out leaves the statement running, a failover a read-only server.
      if (error instanceof DatabaseUnavailable) connection.destroy();
      else connection.release();
      throw error;
    }
  }

  /** Nodes that start at once migrate one after the other. Not within a transaction: each DDL statement commits by itself. */
  function alone(work: (opened: DataSource) => Promise<unknown>): Promise<void> {
    return withConnection(async (sql) => {
      await connected();
      const opened = source;
      if (opened === null) throw new DatabaseUnavailable('CLOSED');
      await holdingLock(sql, `twofold.migrate.${server.database}`.slice(0, 64), () => work(opened));
    });
  }

  return {
    dialect: server.dialect,
    async connect() {
      await connected();
    },
    all: (sql, values) => withConnection((connection) => connection.all(sql, values)),
    first: (sql, values) => withConnection((connection) => connection.first(sql, values)),
    run: (sql, values) => withConnection((connection) => connection.run(sql, values)),
    attempt: (work) =>
      withConnection(async (sql) => {
        await sql.run('START TRANSACTION');
        try {
          const result = await work(sql);
          await sql.run('COMMIT');
          return result;
        } catch (error) {
          // Where not even this is answered, the connection is destroyed, and the server rolls back.
          if (!(error instanceof DatabaseUnavailable)) await sql.run('ROLLBACK');
          throw error;
        }
      }),
    mayRunAgain: (error) => error instanceof StatementFailed && CONTENTION.has(error.code),
    migrate: () => alone((opened) => opened.runMigrations({ transaction: 'none' })),
    undoNewestMigration: () => alone((opened) => opened.undoLastMigration({ transaction: 'none' })),
    async dataSource() {
      await connected();
      if (source === null) throw new DatabaseUnavailable('CLOSED');
      return source;
    },
    async close() {
      await connecting?.catch(() => undefined);
      const closing = source;
      source = null;
      pool = null;
      await closing?.destroy();
    },
  };
}

function dataSourceOptions(server: Server) {
  return {
    type: server.dialect,
    host: server.host,
    port: server.port,
    username: server.username,
    password: server.password,
    database: server.database,
    ...(server.tls ? { ssl: { rejectUnauthorized: true } } : {}),
    charset: 'utf8mb4',
    poolSize: CONNECTIONS,
    connectTimeout: CONNECT_WITHIN,
    // Epoch milliseconds and steps are safe integers; TypeORM's default makes text of every bigint.
    supportBigNumbers: true,
    bigNumberStrings: false,
    extra: { queueLimit: 2_000 },
  } as const;
}

function configuredPool(options: PoolOptions): Pool {
  const pool = mysql2.createPool(options);
  pool.on('connection', (connection: PoolConnection) => {
    // Unheard, an error of an idle connection would end the process.
    connection.on('error', () => undefined);
    for (const statement of SESSION) {
      // Commands of a connection are sent in order: these come before its first statement.
      connection.query(statement, (error) => {
        if (error) connection.destroy();
      });
    }
  });
  return pool;
}

/** mysql2 lets a caller wait for a connection without end. */
function acquire(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new DatabaseUnavailable('POOL_TIMEOUT'));
    }, WAIT_FOR_CONNECTION);
    pool.getConnection((error, connection) => {
      clearTimeout(timer);
      if (late) connection?.release();
      else if (error) reject(translate(error, 'connect'));
      else resolve(connection);
    });
  });
}

function sqlOf(dialect: Server['dialect'], connection: PoolConnection): Sql {
  const send = (sql: string, values: readonly Value[]) =>
    new Promise<unknown>((resolve, reject) => {
      connection.query({ sql, values: bindable(values), timeout: ANSWER_WITHIN }, (error, result) => {
        if (error) reject(translate(error, sql));
        else resolve(result);
      });
    });
  return {
    dialect,
    all: async <T extends object>(sql: string, values: readonly Value[] = []) =>
      (await send(sql, values)) as T[],
    first: async <T extends object>(sql: string, values: readonly Value[] = []) =>
      ((await send(sql, values)) as T[])[0],
    run: async (sql, values = []) => ((await send(sql, values)) as ResultSetHeader).affectedRows,
  };
}

async function holdingLock(sql: Sql, lock: string, work: () => Promise<unknown>): Promise<void> {
  const [row] = await sql.all<{ locked: number | null }>(
    `SELECT GET_LOCK(?, ${ANSWER_WITHIN / 2_000}) AS locked`,
    [lock],
  );
  if (row?.locked !== 1) throw new DatabaseUnavailable('MIGRATION_LOCKED');
  try {
    await work();
  } catch (error) {
    throw translate(error, 'migrate');
  } finally {
    await sql.all('SELECT RELEASE_LOCK(?)', [lock]);
  }
}
