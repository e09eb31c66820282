import type { Sql } from '../../src/store/engine/sql.js';
import { tables } from '../../src/store/tables.js';

export type Dump = Record<string, string[]>;

/** Every row of every table as JSON, in an order that does not depend on the database. */
export async function dumpTables(sql: Sql, except: readonly string[] = []): Promise<Dump> {
  const dump: Dump = {};
  for (const { options } of tables) {
    if (except.includes(options.name)) continue;
    const rows = await sql.all(`SELECT * FROM ${options.name}`);
    dump[options.name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return dump;
}
