import { describe, expect, test } from 'vitest';
import type { ContestantId } from '../contestants/contestant.js';
import type { Measurements } from '../measure/rounds.js';
import type { Measured } from '../measure/turn.js';
import type { WorkloadId } from '../workloads/workload.js';
import { chartOf } from './chart.js';
import { figuresOf } from './figures.js';
import { marks } from './marks.js';
import { asMarkdown, asText, tablesOf } from './tables.js';

const round = (cpu: number): Measured => ({ cpu, perSecond: 1e6 / cpu, p50: 1, p99: 2, rss: 80 });

/** CPU by rounds, of each contestant of W3. */
function figuresOfW3(rounds: Partial<Record<ContestantId, number[]>>) {
  const byContestant = new Map(
    Object.entries(rounds).map(([id, cpus]) => [id as ContestantId, cpus.map(round)]),
  );
  const measurements: Measurements = new Map<WorkloadId, Map<ContestantId, Measured[]>>([
    ['W3', byContestant],
  ]);
  return figuresOf(measurements, new Map([['floor', [{ ms: 100, rss: 50, rssAfter: 60 }]]]));
}

const figures = figuresOfW3({ floor: [50, 60, 900], known: [90, 96, 108], any: [300], accounts: [600] });

describe('the tables', () => {
  const tables = tablesOf(figures);

  test('show the median of the rounds, and times the floor', () => {
    expect(tables[0]?.rows).toEqual([
      ['W3 who am I', '60 (1.00 ×)', '96 (1.60 ×)', '300 (5.00 ×)', '–', '600 (10.00 ×)'],
    ]);
  });

  test('say of each mark that was measured whether it is met, and nothing of the others', () => {
    const { rows } = tables.at(-1)!;
    expect(rows.map(([workload, , limit, ...cells]) => [workload, limit, ...cells])).toEqual([
      ['W3', 'at most 1.8 ×', '1.60 ×', 'met', '–'],
      ['W3', 'at most 3.5 ×', '5.00 ×', '**not met**', '–'],
      ['W3', 'at least 6 ×', '6.25 ×', 'met', '10.00 ×'],
    ]);
  });

  test('are the same as Markdown and as text', () => {
    expect(asMarkdown(tables[0]!).split('\n')).toHaveLength(5);
    expect(asMarkdown(tables[0]!)).toContain('| W3 who am I | 60 (1.00 ×) |');
    expect(asText(tables.at(-1)!)).toMatch(/5\.00 × +not met/);
  });
});

test('each workload has a mark', () => {
  const marked = new Set(marks.map(({ workload }) => workload));
  expect([...marked].sort()).toEqual(['W1', 'W1h', 'W2', 'W3', 'W4', 'W4n', 'W5', 'W6']);
});

test('the chart has a bar for each figure, longer where more was used', () => {
  const chart = chartOf(figures);
  const lengths = [...chart.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(lengths).toHaveLength(4);
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  expect(chart).toContain('prefers-color-scheme:dark');
  expect(chart).toContain('>96 µs</text>');
});
