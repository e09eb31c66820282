import { median, spread } from '../measure/statistics.js';
import type { Table } from '../report/tables.js';
import type { Visit } from './visit.js';

/** The visits of each screen, by its title. */
export type Visits = ReadonlyMap<string, readonly Visit[]>;

/** Medians of the visits, each figure by itself. */
export function tablesOf(visits: Visits): Table[] {
  const rows = (
    cells: (of: (value: (visit: Visit) => number) => number, all: readonly Visit[]) => string[],
  ) => [...visits].map(([title, all]) => [title, ...cells((value) => median(all.map(value)), all)]);
  return [
    {
      title: 'What a person sees, and when',
      head: [
        '',
        'first contentful paint, ms',
        'largest, ms',
        'total blocking time, ms',
        'layout shift',
        'largest paint, how far apart',
      ],
      rows: rows((of, all) => [
        whole(of(({ firstPaint }) => firstPaint)),
        whole(of(({ largestPaint }) => largestPaint)),
        whole(of(({ blocking }) => blocking)),
        of(({ shift }) => shift).toFixed(3),
        `${whole(spread(all.map(({ largestPaint }) => largestPaint)) * 100)} %`,
      ]),
    },
    {
      title: 'What comes over the network, kB',
      head: ['', 'script', 'style', 'document', 'data', 'other', 'all', 'requests'],
      rows: rows((of) => [
        ...(['script', 'style', 'document', 'data', 'other'] as const).map((kind) =>
          kilobytes(of(({ transferred }) => transferred[kind])),
        ),
        kilobytes(of(({ transferred }) => Object.values(transferred).reduce((sum, bytes) => sum + bytes, 0))),
        whole(of(({ requests }) => requests)),
      ]),
    },
  ];
}

const whole = (value: number) => Math.round(value).toLocaleString('en-GB');
const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);
