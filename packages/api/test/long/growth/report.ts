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

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const SAID = { FLAT: 'flat', BOUNDED: 'bounded', GROWS: 'grows' };

/** Rows read at the largest size for each one at the smallest. */
export const growthOf = ({ costs }: Measured): number => costs.at(-1)!.reads / costs[0]!.reads;

/** Writes the section of docs/security/long-run.md. */
export function reportGrowth(
  sizes: readonly number[],
  measured: readonly Measured[],
  tables: readonly TableSize[],
  words: { readonly before: string; readonly behind: string },
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
    words.before,
    table(head, rows),
    words.behind,
    table(['table', 'rows', 'data and indices', 'bytes a row'], bytes),
  ];
  reportSection('growth-mariadb', text.join('\n\n'));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, place) => (place === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(line).join('\n');
}
