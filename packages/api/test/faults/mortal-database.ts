import type { Database } from '../../src/store/data-source.js';
import type { Sql } from '../../src/store/engine/sql.js';
import type { Dump } from '../threats/tables.js';
import { dumpTables } from '../threats/tables.js';

/** What ends a request: it throws, or it leaves the connection in such a state that the next statement fails. */
export type Strike = (database: Database) => Promise<void>;

/** A database on which a request can be ended before and after every statement, and before and after COMMIT. */
export interface MortalDatabase extends Database {
  /** The moment of this number, counted from 1, is the last one of what is done next. */
  dieAt(moment: number): void;
  /** Whether that moment came, and whether COMMIT had been answered by then. */
  readonly died: 'not at all' | 'before COMMIT' | 'after COMMIT';
  /** Every table as the transaction saw it when it was about to commit. */
  readonly committing: Dump;
}

export function mortalDatabase(database: Database, strike: Strike): MortalDatabase {
  let left = 0;
  let died: MortalDatabase['died'] = 'not at all';
  let committing: Dump = {};
  let committed = false;

  async function moment(): Promise<void> {
    left -= 1;
    if (left !== 0) return;
    died = committed ? 'after COMMIT' : 'before COMMIT';
    await strike(database);
  }

  async function around<T>(statement: () => Promise<T>): Promise<T> {
    await moment();
    const answer = await statement();
    await moment();
    return answer;
  }

  const sql: Sql = {
    dialect: database.sql.dialect,
    all: (text, values) => around(() => database.sql.all(text, values)),
    first: (text, values) => around(() => database.sql.first(text, values)),
    run: (text, values) => around(() => database.sql.run(text, values)),
  };

  async function transaction<T>(work: () => Promise<T>): Promise<T> {
    // One within another joins it, and has no COMMIT of its own.
    if (database.isInsideTransaction()) return database.transaction(work);
    const result = await database.transaction(async () => {
      const done = await work();
      committing = await dumpTables(database.sql);
      await moment();
      return done;
    });
    committed = true;
    await moment();
    return result;
  }

  return {
    ...database,
    sql,
    transaction,
    dieAt(number) {
      left = number;
      died = 'not at all';
      committed = false;
    },
    get died() {
      return died;
    },
    get committing() {
      return committing;
    },
  };
}
