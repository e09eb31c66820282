import type { ContestantId } from '../contestants/contestant.js';
import type { WorkloadId } from '../workloads/workload.js';
import type { Figures } from './figures.js';

/** A figure that the project has set itself. */
export interface Mark {
  readonly workload: string;
  readonly what: string;
  readonly limit: number;
  readonly kind: 'at most' | 'at least';
  readonly unit: '×' | 'MiB';
  /** Null where the run did not measure it. */
  value(figures: Figures): number | null;
  /** The same of the bare floor: no GraphQL service with the same rules is faster than that. Null where it says nothing. */
  floor(figures: Figures): number | null;
}

const ratio = (above: number | undefined, below: number | undefined) =>
  above === undefined || below === undefined ? null : above / below;

/** CPU against the floor's of the same run. */
function toFloor(id: WorkloadId, contestant: 'known' | 'any', limit: number): Mark {
  const how = contestant === 'known' ? 'known documents' : 'any document';
  return {
    ...{ workload: id, what: `${how}: CPU of the bare floor`, limit, kind: 'at most', unit: '×' },
    value: ({ of }) => ratio(of(id, contestant)?.cpu, of(id, 'floor')?.cpu),
    floor: () => null,
  };
}

/** Throughput of known documents against a peer's. */
function toPeer(id: WorkloadId, peer: ContestantId, limit: number): Mark {
  return {
    ...{ workload: id, what: `throughput of ${peer === 'accounts' ? 'accounts-js' : peer}` },
    ...{ limit, kind: 'at least', unit: '×' },
    value: ({ of }) => ratio(of(id, 'known')?.perSecond, of(id, peer)?.perSecond),
    floor: ({ of }) => ratio(of(id, 'floor')?.perSecond, of(id, peer)?.perSecond),
  };
}

function start(what: string, limit: number, unit: Mark['unit'], value: Measure, floor: Measure): Mark {
  return { workload: 'W5', what, limit, kind: 'at most', unit, value, floor };
}

type Measure = Mark['value'];

const startRatio =
  (one: ContestantId, other: ContestantId): Measure =>
  ({ start: of }) =>
    ratio(of(one)?.ms, of(other)?.ms);

const memory =
  (contestant: ContestantId, when: 'rss' | 'rssAfter'): Measure =>
  ({ start: of }) =>
    of(contestant)?.[when] ?? null;

export const marks: readonly Mark[] = [
  toFloor('W1', 'known', 1.4),
  toFloor('W1', 'any', 2.2),
  toFloor('W1h', 'known', 1.1),
  toPeer('W1h', 'better-auth', 2.5),
  toFloor('W2', 'known', 1.3),
  toFloor('W2', 'any', 1.8),
  toPeer('W2', 'better-auth', 18),
  toPeer('W2', 'accounts', 3.5),
  toFloor('W3', 'known', 1.8),
  toFloor('W3', 'any', 3.5),
  toPeer('W3', 'better-auth', 18),
  toPeer('W3', 'accounts', 6),
  toFloor('W4', 'known', 1.4),
  toFloor('W4', 'any', 1.7),
  toFloor('W4n', 'any', 1.7),
  toPeer('W4', 'better-auth', 6),
  {
    ...{ workload: 'W4n', what: 'any document: throughput of better-auth, which always counts' },
    ...{ limit: 12, kind: 'at least', unit: '×' },
    value: ({ of }) => ratio(of('W4n', 'any')?.perSecond, of('W4', 'better-auth')?.perSecond),
    floor: ({ of }) => ratio(of('W4n', 'floor')?.perSecond, of('W4', 'better-auth')?.perSecond),
  },
  start('time of the bare floor', 2.6, '×', startRatio('known', 'floor'), () => null),
  start(
    'time of better-auth',
    0.5,
    '×',
    startRatio('known', 'better-auth'),
    startRatio('floor', 'better-auth'),
  ),
  start('memory then', 90, 'MiB', memory('known', 'rss'), memory('floor', 'rss')),
  start('memory after 1,000 requests', 115, 'MiB', memory('known', 'rssAfter'), memory('floor', 'rssAfter')),
  toFloor('W6', 'known', 1.8),
  toFloor('W6', 'any', 2.5),
  toPeer('W6', 'better-auth', 22),
  toPeer('W6', 'accounts', 4.5),
];

export function isMet({ kind, limit }: Mark, value: number): boolean {
  return kind === 'at most' ? value <= limit : value >= limit;
}
