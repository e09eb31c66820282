import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '@twofold/core/ports';
import { DatabaseUnavailable } from './database-unavailable.js';
import type { Engine } from './engine.js';
import type { Reads, Sql, Value } from './sql.js';

const ATTEMPTS = 10;
/** Milliseconds. Those who collide are through in less; who has waited so long, waits for something else. */
const AGAIN_FOR = 10_000;

interface Current {
  readonly sql: Sql;
  over: boolean;
  /** What a transaction within this one threw. What that one had done stays in this one, so it cannot commit either. */
  failure: { readonly error: unknown } | null;
}

export interface Transactions {
  readonly sql: Sql;
  readonly lateReads: Reads;
  readonly transaction: Transaction;
  isInside(): boolean;
  /** Does it outside of the transaction in hand, so that it stands whatever becomes of that. Not to be awaited within it:
   *  on SQLite it waits for the end of the other. */
  apart<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Statements that find the transaction they run in, by AsyncLocalStorage: stores need not hand it on.
 *
 * A transaction within another one joins it, and where it throws neither can commit. After a deadlock or a lock time-out the whole of `work` runs again, up to
 * ten times: InnoDB has rolled back the one (error 1213), and only a statement of the other (1205), so half of it would
 * be missing (mariadb.com/kb/en/innodb-lock-modes, innodb_rollback_on_timeout). It also runs again on another node of a
 * cluster where its own gave out before COMMIT was sent.
 */
export function transactions(engine: Engine): Transactions {
  const storage = new AsyncLocalStorage<Current>();

  function current(): Omit<Sql, 'dialect'> {
    const inside = storage.getStore();
    if (inside === undefined) return engine;
    return inside.over ? tooLate : inside.sql;
  }

  async function once<T>(work: () => Promise<T>): Promise<T> {
    return engine.attempt((sql) => {
      const inside: Current = { sql, over: false, failure: null };
      return storage
        .run(inside, work)
        .then((result) => {
          if (inside.failure !== null) throw inside.failure.error;
          return result;
        })
        .finally(() => (inside.over = true));
    });
  }

  async function join<T>(outer: Current, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      outer.failure ??= { error };
      throw error;
    }
  }

  async function transaction<T>(work: () => Promise<T>): Promise<T> {
    const inside = storage.getStore();
    if (inside !== undefined && !inside.over) return join(inside, work);
    const latest = performance.now() + AGAIN_FOR;
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(work);
      } catch (error) {
        if (!engine.mayRunAgain(error)) throw error;
        if (attempt === ATTEMPTS || performance.now() > latest) throw new DatabaseUnavailable('CONTENTION');
        await jitter(attempt);
      }
    }
  }

  async function runAgain(text: string, values: readonly Value[] | undefined): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await engine.run(text, values);
      } catch (error) {
        if (!engine.mayRunAgain(error)) throw error;
        if (attempt === ATTEMPTS) throw new DatabaseUnavailable('CONTENTION');
        await jitter(attempt);
      }
    }
  }

  const sql: Sql = {
    dialect: engine.dialect,
    all: (text, values) => current().all(text, values),
    first: (text, values) => current().first(text, values),
    run(text, values) {
      const target = current();
      // Within a transaction the whole of it has to run again.
      return target === engine ? runAgain(text, values) : target.run(text, values);
    },
  };
  const { late } = engine;
  const lateReads: Reads = late
    ? {
        dialect: engine.dialect,
        all: (text, values) => (storage.getStore() === undefined ? late : sql).all(text, values),
        first: (text, values) => (storage.getStore() === undefined ? late : sql).first(text, values),
      }
    : sql;

  return {
    sql,
    lateReads,
    transaction,
    isInside: () => storage.getStore()?.over === false,
    apart: (work) => storage.exit(work),
  };
}

/** A statement that nobody waited for would happen although the rest was rolled back. */
const refuse = () =>
  Promise.reject(new Error('A statement came after the end of its transaction: something was not awaited.'));
const tooLate: Omit<Sql, 'dialect'> = { all: refuse, first: refuse, run: refuse };

/** Those that collided must not meet again: up to 10, 20, 40 … 640 ms. */
function jitter(attempt: number): Promise<void> {
  return sleep(Math.random() * 10 * 2 ** Math.min(attempt - 1, 6));
}
