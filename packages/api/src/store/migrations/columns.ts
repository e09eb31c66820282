import type { QueryRunner, TableColumnOptions, TableForeignKeyOptions, TableIndexOptions } from 'typeorm';

type Column = TableColumnOptions;
type More = Pick<Column, 'isNullable'>;

/** Text is compared and ordered byte by byte, trailing spaces counted: SQLite's BINARY does that by itself; MariaDB and
 *  MySQL name the same collation differently, and their utf8mb4_bin would ignore trailing spaces. */
function collation(runner: QueryRunner): Pick<Column, 'collation'> {
  switch (runner.dataSource.options.type) {
    case 'mariadb':
      return { collation: 'utf8mb4_nopad_bin' };
    case 'mysql':
      return { collation: 'utf8mb4_0900_bin' };
    default:
      return {};
  }
}

export function varchar(runner: QueryRunner, name: string, length: number, more: More = {}): Column {
  return { name, type: 'varchar', length: String(length), ...collation(runner), ...more };
}

export function text(runner: QueryRunner, name: string, more: More = {}): Column {
  return { name, type: 'text', ...collation(runner), ...more };
}

/** 64 bits: epoch milliseconds (ADR 3) and steps. */
export function integer(name: string, more: More = {}): Column {
  return { name, type: 'bigint', ...more };
}

export function yesNo(name: string): Column {
  return { name, type: 'boolean' };
}

export function primaryId(runner: QueryRunner, constraint: string, name = 'id', length = 36): Column {
  return { ...varchar(runner, name, length), isPrimary: true, primaryKeyConstraintName: constraint };
}

export function unique(name: string, ...columnNames: string[]): TableIndexOptions {
  return { name, columnNames, isUnique: true };
}

export function index(name: string, ...columnNames: string[]): TableIndexOptions {
  return { name, columnNames };
}

export function foreignKey(
  name: string,
  column: string,
  table: string,
  referenced: string,
  onDelete: 'CASCADE' | 'RESTRICT',
): TableForeignKeyOptions {
  return {
    name,
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: [referenced],
    onDelete,
    // MariaDB calls an unstated one RESTRICT, TypeORM NO ACTION; InnoDB does the same for both.
    onUpdate: 'NO ACTION',
  };
}

/** Where it is missing. TypeORM's own would copy the whole table on SQLite, and lose the descending indices. Text is any text, and
 *  compared byte by byte, as in a table that is made: left alone, MariaDB takes the character set of the database, which may be
 *  Latin-1. */
export async function addColumn(
  runner: QueryRunner,
  table: string,
  name: string,
  definition: string,
): Promise<void> {
  if (await runner.hasColumn(table, name)) return;
  const { collation: bytes } = collation(runner);
  const typed =
    bytes === undefined
      ? definition
      : definition.replace(/^(varchar\(\d+\)|text)/, `$1 CHARACTER SET utf8mb4 COLLATE ${bytes}`);
  await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${typed}`);
}

/** Where it is missing. For one with a direction, which TypeORM's Table API does not know, and for a table that is there. An order that
 *  is descending, but by id ascending among equals, needs one: an index read backwards would turn the ids round too. MariaDB before
 *  10.8 takes DESC and ignores it: there the order is sorted. */
export async function addIndex(
  runner: QueryRunner,
  table: string,
  name: string,
  columns: string,
): Promise<void> {
  const made = await runner.getTable(table);
  if (made?.indices.some((known) => known.name === name)) return;
  await runner.query(`CREATE INDEX ${name} ON ${table} (${columns})`);
}
