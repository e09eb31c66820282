import type { ContestantId } from '../contestants/contestant.js';
import { titles } from '../contestants/contestant.js';
import type { WorkloadId } from '../workloads/workload.js';
import { withHashing, workloads } from '../workloads/workloads.js';
import type { Figure, Figures } from './figures.js';
import { isMet, marks } from './marks.js';

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const contestants = Object.keys(titles) as ContestantId[];
const NONE = '–';

export function tablesOf(figures: Figures): Table[] {
  const measured = [...workloads, withHashing].filter(({ id }) => figures.of(id, 'floor') !== null);
  const by = (title: string, cell: (figure: Figure, id: WorkloadId) => string): Table => ({
    title,
    head: ['', ...contestants.map((id) => titles[id])],
    rows: measured.map(({ id, title: what }) => [
      `${nameOf(id)} ${what}`,
      ...contestants.map((contestant) => {
        const figure = figures.of(id, contestant);
        return figure === null ? NONE : cell(figure, id);
      }),
    ]),
  });
  const tables = [
    by('CPU of the server, µs a piece of work, and times the bare floor', (figure, id) => {
      const floor = figures.of(id, 'floor')!.cpu;
      return `${whole(figure.cpu)} (${(figure.cpu / floor).toFixed(2)} ×)`;
    }),
    by('A second, on one core', ({ perSecond }) => whole(perSecond)),
    by(
      'How long each took with 8 under way at once: p50 / p99, ms',
      ({ p50, p99 }) => `${short(p50)} / ${short(p99)}`,
    ),
    by('Resident memory of the server at the end of a turn, MiB', ({ rss }) => whole(rss)),
    by(
      'How far the rounds’ CPU figures lie apart, of the median',
      (figure) => `${whole(figure.spread * 100)} %`,
    ),
  ].filter(({ rows }) => rows.length > 0);
  return [...tables, ...startTable(figures), marksTable(figures)];
}

/** W4 without the total and W1 with hashing are called after what they vary. */
const nameOf = (id: WorkloadId) => id.slice(0, 2);

function startTable(figures: Figures): Table[] {
  const rows = contestants.flatMap((id) => {
    const start = figures.start(id);
    if (start === null) return [];
    const title = id === 'known' ? 'Twofold, as `npm start` runs it' : titles[id];
    return [[title, whole(start.ms), whole(start.rss), whole(start.rssAfter)]];
  });
  const head = ['W5 cold start', 'ms to the first right answer', 'MiB then', 'MiB after 1,000 requests'];
  return rows.length === 0 ? [] : [{ title: 'Cold start and memory', head, rows }];
}

function marksTable(figures: Figures): Table {
  const rows = marks.flatMap((mark) => {
    const value = mark.value(figures);
    if (value === null) return [];
    const inUnit = (figure: number) => `${figure.toFixed(mark.unit === 'MiB' ? 0 : 2)} ${mark.unit}`;
    const floor = mark.floor(figures);
    const limit = `${mark.kind} ${String(mark.limit)} ${mark.unit}`;
    const met = isMet(mark, value) ? 'met' : '**not met**';
    const cells = [limit, inUnit(value), met, floor === null ? '–' : inUnit(floor)];
    return [[nameOf(mark.workload as WorkloadId), mark.what, ...cells]];
  });
  return { title: 'The marks', head: ['', 'against', 'mark', 'measured', '', 'the bare floor itself'], rows };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}

function short(value: number): string {
  return value < 10 ? value.toFixed(2) : whole(value);
}

export function asMarkdown({ title, head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [`### ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function asText({ title, head, rows }: Table): string {
  const plain = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('**', '')));
  const widths = head.map((_, column) => Math.max(...plain.map((row) => row[column]?.length ?? 0)));
  const lines = plain.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`\n${title}`, ...lines].join('\n');
}
