import type { Connection } from '../load/connection.js';
import type { Person } from '../people.js';
import type { ServerProcess } from './server-process.js';

/** What a server gave for the first step; how it is handed back is the contestant's own affair. */
export type Challenge = string;
/** What proves a session. */
export type Session = string;

/**
 * How to talk to one contestant. Every call looks at the answer, and throws WrongAnswer where it is not the right one for
 * this person.
 */
export interface Dialect {
  /** The password; it has to answer that a second step is due. */
  firstStep(connection: Connection, person: Person): Promise<Challenge>;
  /** A right code; it has to answer a session of this person. */
  secondStep(connection: Connection, person: Person, challenge: Challenge, code: string): Promise<Session>;
  /** A wrong code; it has to be refused as one. */
  wrongCode(connection: Connection, person: Person, challenge: Challenge, code: string): Promise<void>;
  /** The session has to be this person's. */
  whoAmI(connection: Connection, person: Person, session: Session): Promise<void>;
  /** The first 50 of the users by name; null where the contestant has no such list. */
  readonly usersPage: ((connection: Connection, session: Session) => Promise<void>) | null;
  /** The same without how many there are in all. */
  readonly usersPageWithoutTotal: ((connection: Connection, session: Session) => Promise<void>) | null;
}

/** A server under test, and one way of talking to it. */
export interface Contestant {
  readonly id: ContestantId;
  readonly server: ServerProcess;
  readonly dialect: Dialect;
  /** Whether its clock can be moved. Where it cannot, codes are of the present moment. */
  readonly hasClock: boolean;
  /** What codes are made with, of the secret that app and server share. */
  codeKey(secret: Buffer): Buffer;
  /** Resolves when nothing is left to be done behind the requests that were answered. */
  settled(): Promise<void>;
}

export type ContestantId = 'floor' | 'known' | 'any' | 'better-auth' | 'accounts';

export const titles: Readonly<Record<ContestantId, string>> = {
  floor: 'bare floor',
  known: 'Twofold, known documents',
  any: 'Twofold, any document',
  'better-auth': 'better-auth',
  accounts: 'accounts-js',
};

export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
  constructor(what: string, answer: { readonly status: number; readonly body: string }) {
    super(`${what}: ${String(answer.status)} ${answer.body.slice(0, 600)}`);
  }
}
