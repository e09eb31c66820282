import type { DataSource, DataSourceOptions } from 'typeorm';
import type { Migration } from '../migrations/migration.js';
import type { Reads, Sql } from './sql.js';

export interface EngineOptions {
  readonly entities: NonNullable<DataSourceOptions['entities']>;
  /** In the order in which they run. */
  readonly migrations: (new () => Migration)[];
}

/** What differs between the databases. Its own `all` and `run` are outside of any transaction. Every call connects by
 *  itself where there is no connection, and rejects with DatabaseUnavailable where there cannot be one. */
export interface Engine extends Sql {
  /** Where there are replicas: what they know, which may be seconds old. */
  readonly late?: Reads;
  connect(): Promise<void>;
  /** One attempt at a transaction: commits when `work` has ended, rolls back when it throws. */
  attempt<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** The database has undone it for the sake of another one, or it broke off, and there is another node to ask. */
  mayRunAgain(error: unknown): boolean;
  migrate(): Promise<void>;
  /** Takes the newest migration back that has run. */
  undoNewestMigration(): Promise<void>;
  dataSource(): Promise<DataSource>;
  close(): Promise<void>;
}
