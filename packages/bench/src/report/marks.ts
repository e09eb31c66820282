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
}

const ratio = (above: number | undefined, below: number | undefined) =>
  above === undefined || below === undefined ? null : above / below;

/** CPU against the floor's of the same run. */
function toFloor(id: WorkloadId, contestant: 'known' | 'any', limit: number): Mark {
  const how = contestant === 'known' ? 'known documents' : 'any document';
  return {
    ...{ workload: id, what: `${how}: CPU of the bare floor`, limit, kind: 'at most', unit: '×' },
    value: ({ of }) => ratio(of(id, contestant)?.cpu, of(id, 'floor')?.cpu),
  };
}

/** Throughput of known documents against a peer's. */
function toPeer(id: WorkloadId, peer: ContestantId, limit: number): Mark {
  return {
    ...{ workload: id, what: `throughput of ${peer === 'accounts' ? 'accounts-js' : peer}` },
    ...{ limit, kind: 'at least', unit: '×' },
    value: ({ of }) => ratio(of(id, 'known')?.perSecond, of(id, peer)?.perSecond),
  };
}

function start(what: string, limit: number, unit: Mark['unit'], value: Mark['value']): Mark {
  return { workload: 'W5', what, limit, kind: 'at most', unit, value };
}

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
  },
  start('time of the bare floor', 2.6, '×', (f) => ratio(f.start('known')?.ms, f.start('floor')?.ms)),
  start('time of better-auth', 0.5, '×', (f) => ratio(f.start('known')?.ms, f.start('better-auth')?.ms)),
  start('memory then', 90, 'MiB', (f) => f.start('known')?.rss ?? null),
  start('memory after 1,000 requests', 115, 'MiB', (f) => f.start('known')?.rssAfter ?? null),
  toFloor('W6', 'known', 1.8),
  toFloor('W6', 'any', 2.5),
  toPeer('W6', 'better-auth', 22),
  toPeer('W6', 'accounts', 4.5),
];

export function isMet({ kind, limit }: Mark, value: number): boolean {
  return kind === 'at most' ? value <= limit : value >= limit;
}
