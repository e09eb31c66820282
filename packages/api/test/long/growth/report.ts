import { reportSection } from '../report.js';
import type { Cost } from './meter.js';
import type { Operation } from './operations.js';

export interface Measured {
  readonly operation: Pick<Operation, 'name' | 'promise'>;
  /** One for each size. */
  readonly costs: readonly Cost[];
}

export interface TableSize {
  readonly name: string;
  readonly rows: number;
  /** Data and indices. */
  readonly bytes: number;
}

/** How far reads may go up from the smallest size to the largest where they are to be flat. */
export const FLAT_WITHIN = 1.2;
/** What a search may read that is met too seldom for the one way of finding, and too often for the other. */
export const MOST_READS = 10_000;

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const SAID = { FLAT: 'flat', BOUNDED: 'bounded', GROWS: 'grows' };

/** Rows read at the largest size for each one at the smallest. */
export const growthOf = ({ costs }: Measured): number => costs.at(-1)!.reads / costs[0]!.reads;

const ABOUT = `An organisation with nine of ten users, among small ones; ten sessions and fifty lines of the audit log for each user, and everything a hundred times in the end. The rules run over the stores, without hashing and HTTP. Reads are the rows and entries of indices that the server says it has read for one operation (\`Handler_read_%\`, and \`Handler_icp_%\` for those that it passed over in an index), so that other work on the machine changes nothing about them. Where it says flat, they are ${String(Math.round((FLAT_WITHIN - 1) * 100))} % more at most at the largest size than at the smallest; where it says bounded, less than ${whole.format(MOST_READS)}; what counts all grows. Pages are those asked of the buffer pool: the trees of the indices become deeper. Times are medians at the caller, for information. Pages of users and of activity have 50 rows.`;

/** Writes the section of docs/security/long-run.md. Times in milliseconds. */
export function reportGrowth(
  sizes: readonly number[],
  measured: readonly Measured[],
  tables: readonly TableSize[],
  time: { readonly filling: number; readonly all: number },
): void {
  const at = sizes.map((size) => whole.format(size));
  const head = [
    'operation',
    ...at.map((size) => `reads at ${size}`),
    'growth',
    'writes',
    ...at.map((size) => `pages at ${size}`),
    ...at.map((size) => `ms at ${size}`),
  ];
  const rows = measured.map((one) => [
    `${one.operation.name} (${SAID[one.operation.promise]})`,
    ...one.costs.map(({ reads }) => whole.format(reads)),
    `× ${growthOf(one).toFixed(2)}`,
    whole.format(one.costs.at(-1)!.writes),
    ...one.costs.map(({ pages }) => whole.format(pages)),
    ...one.costs.map(({ time }) => tenth.format(time)),
  ]);
  const bytes = tables.map(({ name, rows: count, bytes: all }) => [
    `\`${name}\``,
    whole.format(count),
    `${tenth.format(all / 1_000_000)} MB`,
    whole.format(all / count),
  ]);
  const text = [
    '## Growth, on MariaDB',
    ABOUT,
    table(head, rows),
    `Filling took ${tenth.format(time.filling / 60_000)} of ${tenth.format(time.all / 60_000)} minutes. The tables at the largest size, as \`information_schema\` has them after \`ANALYZE TABLE\`:`,
    table(['table', 'rows', 'data and indices', 'bytes a row'], bytes),
  ];
  reportSection('growth-mariadb', text.join('\n\n'));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, place) => (place === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}
