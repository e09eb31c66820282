import type { Sql, Value } from '../../src/store/engine/sql.js';

/** What a statement may do that others may not, and why. */
export interface Exception {
  /** Met by the statement's text. */
  readonly statement: RegExp;
  readonly sorts?: true;
  readonly scans?: true;
  /** In the place of MOST_ROWS. */
  readonly rows?: number;
  readonly because: string;
}

/** Without a reason, no step reads more: the pages that are asked for have 20 rows, and the organisation has 1,900 users. */
export const MOST_ROWS = 300;

/** One step of a plan. */
interface Step {
  /** As the database tells of it. */
  readonly told: string;
  readonly usesIndex: boolean;
  readonly sorts: boolean;
  /** How many rows it read; an estimate for what writes. SQLite tells of none. */
  readonly rows: number;
}

/** What is wrong with how this statement is carried out; empty where nothing is. */
export async function faultsOf(
  sql: Sql,
  text: string,
  values: readonly Value[],
  exceptions: readonly Exception[],
): Promise<string[]> {
  // A row that is only written looks nothing up.
  if (/^INSERT\b/.test(text)) return [];
  const applying = exceptions.filter(({ statement }) => statement.test(text));
  const most = Math.max(MOST_ROWS, ...applying.map(({ rows }) => rows ?? 0));
  const maySort = applying.some(({ sorts }) => sorts);
  const mayScan = applying.some(({ scans }) => scans);
  const steps = await (sql.dialect === 'sqlite' ? onSqlite : onMariaDb)(sql, text, values);
  return steps.flatMap(({ told, usesIndex, sorts, rows }) => [
    ...(usesIndex || mayScan ? [] : [`no index: ${told}`]),
    ...(sorts && !maySort ? [`sorts: ${told}`] : []),
    ...(rows > most ? [`${String(rows)} rows: ${told}`] : []),
  ]);
}

interface MariaDbStep {
  readonly table: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly rows: number | string | null;
  readonly r_rows?: number | string | null;
  readonly Extra: string | null;
}

const COUNTING = "SET STATEMENT optimizer_switch = 'index_condition_pushdown=off' FOR ANALYZE";

/** ANALYZE carries the statement out and counts; without conditions on the index itself, since what these pass over is not among
 *  the rows. For what writes there is the estimate of EXPLAIN. */
async function onMariaDb(sql: Sql, text: string, values: readonly Value[]): Promise<Step[]> {
  const reads = /^SELECT\b/.test(text);
  const steps = await sql.all<MariaDbStep>(`${reads ? COUNTING : 'EXPLAIN'} ${text}`, values);
  return steps.map((step) => {
    // What a statement has itself put together, bounded by its own LIMIT, has no index.
    const derived = step.table?.startsWith('<') ?? false;
    return {
      told: JSON.stringify(step),
      usesIndex:
        step.table === null || derived || (step.key !== null && step.type !== 'index' && step.type !== 'ALL'),
      sorts: !derived && /filesort|temporary/.test(step.Extra ?? ''),
      rows: Number((reads ? step.r_rows : step.rows) ?? 0),
    };
  });
}

async function onSqlite(sql: Sql, text: string, values: readonly Value[]): Promise<Step[]> {
  const steps = await sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, values);
  return steps.map(({ detail }) => ({
    told: detail,
    // The subqueries of the stores are called by these names, and bounded by their own LIMIT.
    usesIndex: !/^SCAN (?!(e|p|run)$)/.test(detail) && !/AUTOMATIC/.test(detail),
    sorts: /USE TEMP B-TREE/.test(detail),
    rows: 0,
  }));
}
