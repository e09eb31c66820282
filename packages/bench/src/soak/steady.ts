import { PASSWORD, person } from '../people.js';
import { passwordHasher } from '../hashing.js';
import type { Session } from '../contestants/contestant.js';
import type { Dialect } from '../contestants/contestant.js';
import { codeOf, stepAt } from '../totp.js';
import type { Lanes } from './lanes.js';
import { pace } from './pace.js';

/** The times of the answers, each in ms. */
export interface Times {
  readonly signIns: number[];
  readonly reads: number[];
  readonly pages: number[];
}

const READS_A_SIGN_IN = 4;
const PAGES_A_SECOND = 1;
/** A code is good once in its 30 s, and one of the step before may still be under way. */
const STEPS_APART = 90;

/** So many that nobody signs in twice with the same code; the first one, and the last one, do nothing but read. */
export const crowdFor = (perSecond: number) => Math.ceil(perSecond * STEPS_APART) + READERS;
const READERS = 2;

/** Passwords a second that this machine compares as the product does: one core is left to the rest. Measured for 3 s. */
export async function hashLimit(atOnce: number): Promise<number> {
  const hasher = passwordHasher('in');
  const hash = await hasher.hash(PASSWORD);
  const begin = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (; performance.now() - begin < 3_000; done++) await hasher.verify(PASSWORD, hash);
    }),
  );
  return (done * 1_000) / (performance.now() - begin);
}

/** Whole sign-ins at this rate, and reads of the sessions that they open. Each answer is verified, or it rejects. */
export async function steadyLoad(
  dialect: Dialect,
  lanes: Lanes,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Times> {
  const times: Times = { signIns: [], reads: [], pages: [] };
  const crowd = crowdFor(perSecond) - READERS;
  const owner = await signIn(dialect, lanes, 1);

  async function visit(index: number): Promise<void> {
    const number = 2 + (index % crowd);
    const due = performance.now();
    const session = await signIn(dialect, lanes, number);
    times.signIns.push(performance.now() - due);
    for (let read = 0; read < READS_A_SIGN_IN; read++) {
      const begin = performance.now();
      await lanes.use((connection) => dialect.whoAmI(connection, person(number), session));
      times.reads.push(performance.now() - begin);
    }
  }

  await Promise.all([
    pace(perSecond, seconds, visit),
    pace(
      PAGES_A_SECOND,
      seconds,
      () => lanes.use(async (connection) => dialect.usersPage?.(connection, owner)),
      (milliseconds) => times.pages.push(milliseconds),
    ),
  ]);
  return times;
}

export async function signIn(dialect: Dialect, lanes: Lanes, number: number): Promise<Session> {
  const one = person(number);
  const challenge = await lanes.use((connection) => dialect.firstStep(connection, one));
  const code = codeOf(one.secret, stepAt(Date.now()));
  return lanes.use((connection) => dialect.secondStep(connection, one, challenge, code));
}
