import type { Stores } from '@twofold/core/use-cases';
import type { AuditChainStore } from '@twofold/core/audit/audit-chain-store';
import type { Database } from '../../src/store/data-source.js';
import type { Sql, Value } from '../../src/store/engine/sql.js';

export type Look = (sql: Sql, text: string, values: readonly Value[]) => Promise<void>;

/** The same database; `look` is called before each statement, in the transaction that it belongs to. */
export function watchedDatabase(database: Database, look: Look): Database {
  const sql: Sql = {
    dialect: database.sql.dialect,
    async all(text, values = []) {
      await look(database.sql, text, values);
      return database.sql.all(text, values);
    },
    async first(text, values = []) {
      await look(database.sql, text, values);
      return database.sql.first(text, values);
    },
    async run(text, values = []) {
      await look(database.sql, text, values);
      return database.sql.run(text, values);
    },
  };
  return { ...database, sql, lateReads: sql };
}

/** Remembers what was called: `users.page`. */
export class Called {
  private readonly names = new Set<string>();
  private readonly all = new Set<string>();

  /** The same functions; each counts as called once it is. */
  watch<T extends object>(called: string, functions: T): T {
    const watched = Object.entries(functions).map(([name, work]) => {
      this.all.add(`${called}.${name}`);
      const call = (...given: unknown[]) => {
        this.names.add(`${called}.${name}`);
        return (work as (...given: unknown[]) => unknown)(...given);
      };
      return [name, call];
    });
    return Object.fromEntries(watched) as T;
  }

  watchStores(stores: Stores): Stores {
    const watched = Object.entries(stores).map(([name, store]) => [name, this.watch(name, store as object)]);
    return Object.fromEntries(watched) as Stores;
  }

  watchChain(chain: AuditChainStore): AuditChainStore {
    return this.watch('auditChain', chain);
  }

  /** What nobody has called. */
  never(): string[] {
    return [...this.all].filter((name) => !this.names.has(name));
  }
}
