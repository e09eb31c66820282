import type { ContestantId } from '../contestants/contestant.js';
import type { WorkloadId } from './workload.js';

type Counts = Readonly<Record<WorkloadId, number>>;

/** A turn takes from half a second to some seconds: long beside a garbage collection, and short beside the machine's moods. */
const own: Counts = { W1: 1_000, W1h: 40, W2: 1_000, W3: 4_000, W4: 800, W4n: 800, W6: 1_000 };
/** They are ten to thirty times as slow. */
const peers: Counts = { W1: 150, W1h: 40, W2: 200, W3: 500, W4: 150, W4n: 150, W6: 200 };

export function countOf(workload: WorkloadId, contestant: ContestantId, quick: boolean): number {
  const counts = contestant === 'better-auth' || contestant === 'accounts' ? peers : own;
  return quick ? Math.ceil(counts[workload] / 5) : counts[workload];
}
