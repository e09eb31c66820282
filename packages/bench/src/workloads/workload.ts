import type { Challenge, Contestant, Session } from '../contestants/contestant.js';
import type { Connection } from '../load/connection.js';
import type { Person } from '../people.js';
import { codeOf, stepAt, wrongCodeAt } from '../totp.js';

export type WorkloadId = 'W1' | 'W1h' | 'W2' | 'W3' | 'W4' | 'W4n' | 'W6';

/** One time round for one contestant. */
export interface Turn {
  readonly contestant: Contestant;
  readonly connections: readonly Connection[];
  /** Who has not been used for long: a code of theirs has not been used either. */
  readonly people: readonly Person[];
  /** The server's present moment. */
  readonly now: () => number;
}

/** What one measured piece of work needs. */
export interface Job {
  readonly person: Person;
  readonly challenge?: Challenge;
  readonly session?: Session;
}

export interface Workload {
  readonly id: WorkloadId;
  readonly title: string;
  isPossible(contestant: Contestant): boolean;
  /** Not measured. */
  prepare(turn: Turn): Promise<Job[]>;
  /** Measured: to the right answer, or it throws. Answers the session that it opened. */
  work(turn: Turn, connection: Connection, job: Job): Promise<Session | null>;
}

export function rightCode({ contestant, now }: Turn, { secret }: Person): string {
  return codeOf(contestant.codeKey(secret), stepAt(now()));
}

export function wrongCode({ contestant, now }: Turn, { secret }: Person): string {
  return wrongCodeAt(contestant.codeKey(secret), now());
}
