import type { ResultSetHeader } from 'mysql2';
import { DataSource } from 'typeorm';
import { DatabaseUnavailable, Interrupted, StatementFailed } from './database-unavailable.js';
import type { Engine, EngineOptions } from './engine.js';
import { CONTENTION, REFUSED_UNREAD, translate } from './mariadb-errors.js';
import { holdingLock } from './mariadb-lock.js';
import type { Nodes, Taken } from './mariadb-nodes.js';
import type { Pools } from './mariadb-pools.js';
import { poolMaker } from './mariadb-pools.js';
import type { Server } from './mariadb-url.js';
import type { Reads, Sql, Value } from './sql.js';
import { bindable } from './sql.js';

const CONNECTIONS = 10;
const CONNECT_WITHIN = 5_000;
/** So that a node that hangs is left behind within ten seconds. A cluster that agrees on a loss takes six. */
const ANSWER_WITHIN = 8_000;
/** Of a read: one for each node of a common cluster, and some for what was undone for the sake of another. */
const READ_ATTEMPTS = 6;
/** A statement that no node answered in time twice is slow itself, and is not given to all of them in turn. */
const READ_AGAIN_FOR = ANSWER_WITHIN + 1_000;
/** A replica's session takes reads alone. What writes there by mistake must not come to be done on the writer. */
const IS_NO_READ = 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION';

/** MariaDB, and MySQL: TypeORM's pools, used directly. A lost server is found again by the next call; where there are several
 *  nodes, the next one serves meanwhile. */
export function mariadbEngine(server: Server, replicas: readonly Server[], options: EngineOptions): Engine {
  let source: DataSource | null = null;
  let pools: Pools | null = null;
  let connecting: Promise<Pools> | null = null;

  function connected(): Promise<Pools> {
    if (pools !== null) return Promise.resolve(pools);
    connecting ??= connectOnce().finally(() => (connecting = null));
    return connecting;
  }

  async function connectOnce(): Promise<Pools> {
    const maker = poolMaker(server);
    const opened = new DataSource({
      ...dataSourceOptions(server, replicas),
      driver: maker.driver,
      ...options,
    });
    try {
      await opened.initialize();
    } catch (error) {
      // TypeORM leaves them open where a statement fails after the first connection was made.
      maker.abandon();
      throw notServing(translate(error, 'connect'));
    }
    source = opened;
    return (pools = maker.pools());
  }

  async function withConnection<T>(nodes: Nodes, work: (sql: Sql, taken: Taken) => Promise<T>): Promise<T> {
    const taken = await nodes.take();
    try {
      const result = await work(sqlOf(server.dialect, taken), taken);
      taken.connection.release();
      return result;
    } catch (error) {
      // After an outage its state is unknown: a time-out leaves the statement running, a failover a read-only server.
      if (error instanceof DatabaseUnavailable) taken.connection.destroy();
      else taken.connection.release();
      throw error;
    }
  }

  async function writing<T>(work: (sql: Sql, taken: Taken) => Promise<T>): Promise<T> {
    return withConnection((await connected()).writers, work);
  }

  const mayRunAgain = (error: unknown) =>
    error instanceof Interrupted
      ? pools?.writers.anyServes() === true
      : error instanceof StatementFailed && CONTENTION.has(error.code);

  /** A read by itself, on the next node where one gave out in the middle. */
  async function readAgain<T>(read: (sql: Sql) => Promise<T>): Promise<T> {
    const latest = performance.now() + READ_AGAIN_FOR;
    for (let attempt = 1; ; attempt++) {
      try {
        return await writing(reading(read));
      } catch (error) {
        if (!mayRunAgain(error)) throw error;
        if (attempt === READ_ATTEMPTS || performance.now() > latest)
          throw new DatabaseUnavailable('CONTENTION');
      }
    }
  }

  /** A replica that does not serve is no outage: the writer has all that it has. */
  async function readLate<T>(read: (sql: Sql) => Promise<T>): Promise<T> {
    const { replicas: copies } = await connected();
    if (copies?.anyServes()) {
      try {
        return await withConnection(copies, read);
      } catch (error) {
        // Nor is one that does not know a table or an index yet, that the writer has since its newest migration.
        const served = error instanceof DatabaseUnavailable || error instanceof StatementFailed;
        if (!served || error.code === IS_NO_READ) throw error;
      }
    }
    return readAgain(read);
  }
  const late: Reads = {
    dialect: server.dialect,
    all: (sql, values) => readLate((connection) => connection.all(sql, values)),
    first: (sql, values) => readLate((connection) => connection.first(sql, values)),
  };

  /** Nodes that start at once migrate one after the other. Not within a transaction: each DDL statement commits by itself. */
  function alone(work: (opened: DataSource) => Promise<unknown>): Promise<void> {
    return writing(async (sql) => {
      await connected();
      const opened = source;
      if (opened === null) throw new DatabaseUnavailable('CLOSED');
      await holdingLock(sql, `twofold.migrate.${server.database}`.slice(0, 64), () => work(opened));
    });
  }

  return {
    dialect: server.dialect,
    ...(replicas.length > 0 && { late }),
    async connect() {
      await connected();
    },
    all: (sql, values) => readAgain((connection) => connection.all(sql, values)),
    first: (sql, values) => readAgain((connection) => connection.first(sql, values)),
    run: (sql, values) => writing(({ run }, taken) => writeAlone(taken, () => run(sql, values))),
    attempt: (work) => writing((sql, taken) => attempt(sql, work, taken)),
    mayRunAgain,
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
      pools = null;
      await closing?.destroy();
    },
  };
}

async function attempt<T>(sql: Sql, work: (sql: Sql) => Promise<T>, taken: Taken): Promise<T> {
  let committing = false;
  try {
    await beginning(taken, () => sql.run('START TRANSACTION'));
    const result = await work(sql);
    committing = true;
    await sql.run('COMMIT');
    return result;
  } catch (error) {
    // Where not even this is answered, the connection is destroyed, and the server rolls back.
    if (!(error instanceof DatabaseUnavailable)) await sql.run('ROLLBACK');
    // Once COMMIT is on its way, nobody knows.
    throw committing ? error : interrupted(error);
  }
}

/** A write by itself. Where its answer never came, nobody knows, but a node that refused it unread has not done it. One that
 *  says it has waited too long may have waited for its cluster: it is done again, by another node if there is one. */
async function writeAlone<T>({ gaveOut }: Taken, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof StatementFailed && error.code === 'ER_LOCK_WAIT_TIMEOUT') gaveOut();
    const unread = error instanceof DatabaseUnavailable && REFUSED_UNREAD.has(error.code);
    throw unread ? interrupted(error) : error;
  }
}

/** A read by itself: whatever breaks it off, nothing has happened. */
function reading<T>(read: (sql: Sql) => Promise<T>): (sql: Sql, taken: Taken) => Promise<T> {
  return async (sql, taken) => {
    try {
      return await beginning(taken, () => read(sql));
    } catch (error) {
      throw interrupted(error);
    }
  };
}

/** What begins waits for no lock. Where a node says that it did, it has waited to catch up with its cluster, and cannot. */
async function beginning<T>({ gaveOut }: Taken, statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    const failure = notServing(error);
    if (failure !== error) gaveOut();
    throw failure;
  }
}

function notServing(error: unknown): unknown {
  const waited = error instanceof StatementFailed && error.code === 'ER_LOCK_WAIT_TIMEOUT';
  return waited ? new DatabaseUnavailable(error.code) : error;
}

function interrupted(error: unknown): unknown {
  return error instanceof DatabaseUnavailable ? new Interrupted(error.code) : error;
}

function dataSourceOptions(server: Server, replicas: readonly Server[]) {
  const alone = replicas.length === 0 && server.others.length === 0;
  return {
    type: server.dialect,
    ...(alone
      ? credentialsOf(server)
      : { replication: { master: credentialsOf(server), slaves: replicas.map(credentialsOf) } }),
    charset: 'utf8mb4',
    poolSize: CONNECTIONS,
    connectTimeout: CONNECT_WITHIN,
    // Epoch milliseconds and steps are safe integers; TypeORM's default makes text of every bigint.
    supportBigNumbers: true,
    bigNumberStrings: false,
    extra: { queueLimit: 2_000 },
  } as const;
}

function credentialsOf(server: Server) {
  const { host, port, username, password, database, tls } = server;
  const ssl = tls ? { ssl: { rejectUnauthorized: true } } : {};
  return { host, port, username, password, database, ...ssl };
}

function sqlOf(dialect: Server['dialect'], { connection, gaveOut }: Taken): Sql {
  const send = (sql: string, values: readonly Value[]) =>
    new Promise<unknown>((resolve, reject) => {
      connection.query({ sql, values: bindable(values), timeout: ANSWER_WITHIN }, (error, result) => {
        if (error) reject(failure(error, sql));
        else resolve(result);
      });
    });
  const failure = (error: unknown, sql: string): Error => {
    const translated = translate(error, sql);
    if (translated instanceof DatabaseUnavailable) gaveOut();
    return translated as Error;
  };
  return {
    dialect,
    all: async <T extends object>(sql: string, values: readonly Value[] = []) =>
      (await send(sql, values)) as T[],
    first: async <T extends object>(sql: string, values: readonly Value[] = []) =>
      ((await send(sql, values)) as T[])[0],
    run: async (sql, values = []) => ((await send(sql, values)) as ResultSetHeader).affectedRows,
  };
}
