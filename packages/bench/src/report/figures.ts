import type { ContestantId } from '../contestants/contestant.js';
import type { ColdStart } from '../measure/cold-start.js';
import type { ColdStarts, Measurements } from '../measure/rounds.js';
import { median, spread } from '../measure/statistics.js';
import type { Measured } from '../measure/turn.js';
import type { WorkloadId } from '../workloads/workload.js';

export interface Figure extends Measured {
  /** How far the rounds' CPU figures lie apart, as a part of the median. */
  readonly spread: number;
}

/** The medians over all rounds. */
export interface Figures {
  readonly of: (workload: WorkloadId, contestant: ContestantId) => Figure | null;
  readonly start: (contestant: ContestantId) => ColdStart | null;
}

export function figuresOf(measurements: Measurements, starts: ColdStarts): Figures {
  return {
    of(workload, contestant) {
      const rounds = measurements.get(workload)?.get(contestant);
      if (rounds === undefined) return null;
      const middle = (name: keyof Measured) => median(rounds.map((round) => round[name]));
      return {
        ...{ cpu: middle('cpu'), perSecond: middle('perSecond'), p50: middle('p50'), p99: middle('p99') },
        rss: middle('rss'),
        spread: spread(rounds.map(({ cpu }) => cpu)),
      };
    },
    start(contestant) {
      const rounds = starts.get(contestant);
      if (rounds === undefined) return null;
      const middle = (name: keyof ColdStart) => median(rounds.map((round) => round[name]));
      return { ms: middle('ms'), rss: middle('rss'), rssAfter: middle('rssAfter') };
    },
  };
}
