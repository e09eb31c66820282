import type { Transaction } from '@twofold/core/ports';
import type { DataSource } from 'typeorm';
import type { Engine } from './engine/engine.js';
import { serverOf } from './engine/mariadb-url.js';
import type { CountedLoss, MigrationHistory } from './engine/migration-history.js';
import { lossesOfUndoing, migrationHistory } from './engine/migration-history.js';
import { FirstTables1762000000001 } from './migrations/0001-first-tables.js';
import { KeyChecks1762000000002 } from './migrations/0002-key-checks.js';
import { AuditLog1762000000003 } from './migrations/0003-audit-log.js';
import { KnownBrowsers1762000000004 } from './migrations/0004-known-browsers.js';
import { SentTexts1762000000005 } from './migrations/0005-sent-texts.js';
import { Growth1762000000006 } from './migrations/0006-growth.js';
import { Links1762000000007 } from './migrations/0007-links.js';
import { Policy1762000000009 } from './migrations/0009-policy.js';
import { Devices1762000000010 } from './migrations/0010-devices.js';
import { WayBack1762000000015 } from './migrations/0015-way-back.js';
import { sqliteEngine } from './engine/sqlite.js';
import type { Reads, Sql } from './engine/sql.js';
import { tables } from './tables.js';
import type { Transactions } from './engine/transaction.js';
import { transactions } from './engine/transaction.js';

/** In the order in which they run. */
const migrations = [
  FirstTables1762000000001,
  KeyChecks1762000000002,
  AuditLog1762000000003,
  KnownBrowsers1762000000004,
  SentTexts1762000000005,
  Growth1762000000006,
  Links1762000000007,
  Policy1762000000009,
  Devices1762000000010,
  WayBack1762000000015,
];

export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

export interface Database {
  readonly sql: Sql;
  /** For lists and reports, which may be seconds old: replicas answer where there are any, and nothing is decided on it.
   *  Within a transaction as `sql`. */
  readonly lateReads: Reads;
  readonly transaction: Transaction;
  /** Whether the caller runs within a transaction. */
  isInsideTransaction(): boolean;
  readonly apart: Transactions['apart'];
  /** Connects now, once. Nobody has to call it: every other call connects where there is no connection. */
  connect(): Promise<void>;
  /** Runs what is pending. Safe on several nodes at once, and again after it was cut short. */
  migrate(): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** The names of the migrations that have not run. */
  pendingMigrations(): Promise<string[]>;
  migrationHistory(): Promise<MigrationHistory>;
  /** What would be gone without the newest migration that has run, by what there is now. */
  lossesOfUndoing(): Promise<readonly CountedLoss[]>;
  /** Takes the newest migration back that has run. Alone, as `migrate`. */
  undoNewestMigration(): Promise<void>;
  /** TypeORM's own, for tests of the schema and for tools. Statements on it take no part in transactions. */
  dataSource(): Promise<DataSource>;
  /** Waits for the writes under way. Later calls connect anew. */
  close(): Promise<void>;
}

/**
 * Understands the URL and touches nothing: a server may start before its database. Each call of what it answers connects
 * where it has to, and rejects with DatabaseUnavailable while there is nothing to connect to; no restart is needed when it
 * is back. A caller that wants to wait wraps the call: `untilAvailable(() => database.migrate())`.
 *
 * `sqlite:PATH`, `mariadb://user:password@host:port/name`, `mysql://…`; with `?tls=true` over TLS. Several hosts with commas
 * between them are the nodes of one cluster, in the order in which they are asked.
 *
 * @param replicaUrls servers that follow it, for `lateReads`
 * @throws Error that names the fault and never the password
 */
export async function openDatabase(url: string, replicaUrls: readonly string[] = []): Promise<Database> {
  const engine = await engineFor(url, replicaUrls);
  const { sql, lateReads, transaction, isInside, apart } = transactions(engine);
  return {
    sql,
    lateReads,
    transaction,
    isInsideTransaction: isInside,
    apart,
    connect: () => engine.connect(),
    migrate: () => engine.migrate(),
    async ping() {
      await engine.all('SELECT 1');
    },
    pendingMigrations: async () => [...(await migrationHistory(engine, migrations)).pending],
    migrationHistory: () => migrationHistory(engine, migrations),
    lossesOfUndoing: () => lossesOfUndoing(engine, migrations),
    undoNewestMigration: () => engine.undoNewestMigration(),
    dataSource: () => engine.dataSource(),
    close: () => engine.close(),
  };
}

async function engineFor(url: string, replicaUrls: readonly string[]): Promise<Engine> {
  const options = { entities: tables, migrations };
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length);
    if (path === '' || path === ':memory:')
      throw new Error('DATABASE_URL: sqlite: needs the path of a file.');
    return sqliteEngine(path, options);
  }
  const replicas = replicaUrls.map((replica) => serverOf(replica, 'DATABASE_REPLICA_URLS'));
  // Its driver is read where there is such a database.
  const { mariadbEngine } = await import('./engine/mariadb.js');
  return mariadbEngine(serverOf(url), replicas, options);
}
