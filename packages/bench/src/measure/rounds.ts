import type { Contestant, ContestantId } from '../contestants/contestant.js';
import type { LineUp } from '../contestants/line-up.js';
import type { Person } from '../people.js';
import { person } from '../people.js';
import type { Workload, WorkloadId } from '../workloads/workload.js';
import type { ColdStart } from './cold-start.js';
import { coldStart, startOnce } from './cold-start.js';
import { rotated } from './statistics.js';
import type { Measured } from './turn.js';
import { takeTurn } from './turn.js';

export type Measurements = Map<WorkloadId, Map<ContestantId, Measured[]>>;
export type ColdStarts = Map<ContestantId, ColdStart[]>;

export interface RoundsSetting {
  readonly users: number;
  readonly rounds: number;
  /** How many pieces of work a turn has. */
  count(workload: WorkloadId, contestant: ContestantId): number;
  /** Told what has its turn. */
  progress(line: string): void;
}

/** The bench's own: people who take turns, and a clock that goes on by more than a step of a code with each turn. */
export function course(users: number) {
  let next = 1;
  let now = Date.now();
  return {
    people(count: number): Person[] {
      return Array.from({ length: count }, () => {
        const one = person(next);
        next = next === users ? 2 : next + 1;
        return one;
      });
    },
    clockFor({ hasClock }: Pick<Contestant, 'hasClock'>): () => number {
      if (!hasClock) return Date.now;
      now = Math.max(Date.now(), now + 90_000);
      const fixed = now;
      return () => fixed;
    },
  };
}

export type Course = ReturnType<typeof course>;

/** Every contestant has its turn in each round of each workload, and another one begins each time. Round 0 warms up. */
export async function playRounds(
  { contestants }: LineUp,
  workloads: readonly Workload[],
  setting: RoundsSetting,
  { people, clockFor }: Course,
): Promise<Measurements> {
  const measurements: Measurements = new Map();
  for (const { id } of workloads) measurements.set(id, new Map());
  for (let round = 0; round <= setting.rounds; round++) {
    for (const workload of workloads) {
      for (const contestant of rotated(contestants, round).filter(workload.isPossible)) {
        setting.progress(
          `${workload.id} ${contestant.id}, ${round === 0 ? 'warming up' : `round ${String(round)}`}`,
        );
        const count = setting.count(workload.id, contestant.id);
        const measured = await takeTurn(contestant, workload, people(count), clockFor(contestant));
        if (round > 0) add(measurements.get(workload.id)!, contestant.id, measured);
      }
    }
  }
  return measurements;
}

/** The product starts as such, so it has one turn for both ways of asking. */
export async function startCold(
  { contestants, programs }: LineUp,
  setting: RoundsSetting,
  { people, clockFor }: Course,
): Promise<ColdStarts> {
  const starts: ColdStarts = new Map();
  setting.progress('W5, first starts');
  for (const program of Object.values(programs)) await startOnce(program);
  for (let round = 0; round < setting.rounds; round++) {
    for (const contestant of rotated(contestants, round)) {
      const { id } = contestant;
      if (id === 'any') continue;
      setting.progress(`W5 ${id}, round ${String(round + 1)}`);
      add(starts, id, await coldStart(contestant, programs[id], people(1)[0]!, clockFor(contestant)));
    }
  }
  return starts;
}

function add<Key, T>(lists: Map<Key, T[]>, key: Key, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
