export type Dialect = 'sqlite' | 'mariadb' | 'mysql';
export type Value = string | number | boolean | null;
export type Row = Record<string, unknown>;

/** Plain statements with `?` for values. Inside a transaction they belong to it; outside, each one stands for itself. */
export interface Sql {
  readonly dialect: Dialect;
  /** The rows of a SELECT, in the column types of the driver: text, number, null, and 0 or 1 for yes and no. */
  all<T extends object = Row>(sql: string, values?: readonly Value[]): Promise<T[]>;
  /** The first of them, for a SELECT that finds one at most. */
  first<T extends object = Row>(sql: string, values?: readonly Value[]): Promise<T | undefined>;
  /** The number of rows that a write matched. */
  run(sql: string, values?: readonly Value[]): Promise<number>;
}

export type Reads = Pick<Sql, 'dialect' | 'all' | 'first'>;

/** `?, ?, ?` */
export function placeholders(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

/** Behind the name of a table: this index, whatever the database thinks of it. */
export function along(sql: Pick<Sql, 'dialect'>, index: string): string {
  return sql.dialect === 'sqlite' ? `INDEXED BY ${index}` : `FORCE INDEX (${index})`;
}

/** Inserts a row. Names come from the program, never from a request. */
export async function insert(sql: Sql, table: string, row: Readonly<Record<string, Value>>): Promise<void> {
  await sql.run(insertStatement(table, Object.keys(row)), Object.values(row));
}

/** Inserts a row, or puts it in the place of the one that it collides with, as one statement: a read and a write, or a
 *  delete and an insert, would let two callers both believe that they were first. */
export async function upsert(sql: Sql, table: string, row: Readonly<Record<string, Value>>): Promise<void> {
  const columns = Object.keys(row);
  // Both forms match whichever unique index collides (SQLite: since 3.35, lang_upsert, "The last ON CONFLICT clause").
  const update =
    sql.dialect === 'sqlite'
      ? ` ON CONFLICT DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`
      : ` ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`;
  await sql.run(insertStatement(table, columns) + update, Object.values(row));
}

interface InsertStatement {
  readonly columns: readonly string[];
  readonly text: string;
}

/** The newest of each table: a table is nearly always written with the same columns, and a text that is made anew has to be
 *  hashed anew before its prepared statement is found. */
const insertStatements = new Map<string, InsertStatement>();

function insertStatement(table: string, columns: readonly string[]): string {
  const newest = insertStatements.get(table);
  if (newest && isSame(newest.columns, columns)) return newest.text;
  const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${placeholders(columns.length)})`;
  insertStatements.set(table, { columns, text });
  return text;
}

const isSame = (some: readonly string[], others: readonly string[]) =>
  some.length === others.length && some.every((name, index) => name === others[index]);

/** Neither driver binds booleans alike: better-sqlite3 refuses them. */
export function bindable(values: readonly Value[]): (string | number | null)[] {
  return values.map((value) => (typeof value === 'boolean' ? Number(value) : value));
}
