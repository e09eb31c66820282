import type { Connection } from '../load/connection.js';
import { drive } from '../load/drive.js';
import type { Person } from '../people.js';
import { person } from '../people.js';
import type { Job, Turn, Workload } from './workload.js';
import { rightCode, wrongCode } from './workload.js';

/** So many sessions take turns where reads are measured. */
const SESSIONS = 50;
/** Number 1 owns the organisation, and may see all of the others. */
const OWNER = person(1);

const always = () => true;

async function signIn(turn: Turn, connection: Connection, one: Person) {
  const { dialect } = turn.contestant;
  const challenge = await dialect.firstStep(connection, one);
  return dialect.secondStep(connection, one, challenge, rightCode(turn, one));
}

/** The first step of each, done. */
async function challenged(turn: Turn): Promise<Job[]> {
  const { results } = await drive(turn.connections, turn.people, async (connection, one) => ({
    person: one,
    challenge: await turn.contestant.dialect.firstStep(connection, one),
  }));
  return [...results];
}

async function ownerAtTheList(turn: Turn): Promise<Job[]> {
  const session = await signIn(turn, turn.connections[0]!, OWNER);
  return turn.people.map(() => ({ person: OWNER, session }));
}

const wholeSignIn = {
  isPossible: always,
  prepare: async ({ people }: Turn) => people.map((one) => ({ person: one })),
  work: (turn: Turn, connection: Connection, job: Job) => signIn(turn, connection, job.person),
};

export const workloads: readonly Workload[] = [
  { id: 'W1', title: 'password and code, the whole sign-in', ...wholeSignIn },
  {
    id: 'W2',
    title: 'the second step alone',
    isPossible: always,
    prepare: challenged,
    work: (turn, connection, { person: one, challenge = '' }) =>
      turn.contestant.dialect.secondStep(connection, one, challenge, rightCode(turn, one)),
  },
  {
    id: 'W3',
    title: 'who am I',
    isPossible: always,
    async prepare(turn) {
      const { results } = await drive(
        turn.connections,
        turn.people.slice(0, SESSIONS),
        async (connection, one) => ({ person: one, session: await signIn(turn, connection, one) }),
      );
      return turn.people.map((_, index) => results[index % results.length]!);
    },
    async work({ contestant }, connection, { person: one, session = '' }) {
      await contestant.dialect.whoAmI(connection, one, session);
      return null;
    },
  },
  {
    id: 'W4',
    title: '50 users of all by name, with the total',
    isPossible: ({ dialect }) => dialect.usersPage !== null,
    prepare: ownerAtTheList,
    async work({ contestant }, connection, { session = '' }) {
      await contestant.dialect.usersPage?.(connection, session);
      return null;
    },
  },
  {
    id: 'W4n',
    title: '50 users of all by name, without the total',
    isPossible: ({ dialect }) => dialect.usersPageWithoutTotal !== null,
    prepare: ownerAtTheList,
    async work({ contestant }, connection, { session = '' }) {
      await contestant.dialect.usersPageWithoutTotal?.(connection, session);
      return null;
    },
  },
  {
    id: 'W6',
    title: 'a wrong code',
    isPossible: always,
    prepare: challenged,
    async work(turn, connection, { person: one, challenge = '' }) {
      const code = wrongCode(turn, one);
      await turn.contestant.dialect.wrongCode(connection, one, challenge, code);
      return null;
    },
  },
];

/** W1 once more, with Argon2id for everybody. */
export const withHashing: Workload = {
  id: 'W1h',
  title: 'password and code, with Argon2id for all',
  ...wholeSignIn,
};
