import type { Dialect } from '../contestants/contestant.js';
import { WrongAnswer } from '../contestants/contestant.js';
import { graphqlEncoding } from '../contestants/twofold/dialect.js';
import { knownTexts } from '../contestants/twofold/documents.js';
import { PASSWORD, person } from '../people.js';
import type { Lanes } from './lanes.js';
import { pace } from './pace.js';
import { signIn } from './steady.js';

export interface Overload {
  readonly served: number;
  readonly refused: number;
  /** Of the reads that went on meanwhile, in ms. */
  readonly reads: readonly number[];
  /** Of the refusals, in ms. */
  readonly refusals: readonly number[];
}

/** One address may have 300 attempts under way: what is tried here is the queue behind that. */
const addressOf = (index: number) => `10.0.${String((index >> 8) & 255)}.${String(index & 255)}`;

const READS_A_SECOND = 20;
const encode = graphqlEncoding(knownTexts);

/** First steps at ten times the rate that can be hashed, and reads beside them, by connections of their own. */
export async function overload(
  dialect: Dialect,
  { crowded, lanes }: { readonly crowded: Lanes; readonly lanes: Lanes },
  {
    perSecond,
    seconds,
    users,
  }: { readonly perSecond: number; readonly seconds: number; readonly users: number },
): Promise<Overload> {
  const reads: number[] = [];
  const refusals: number[] = [];
  let served = 0;
  const reader = person(users);
  const session = await signIn(dialect, lanes, users);

  async function knock(index: number): Promise<void> {
    const { email } = person(1 + (index % users));
    const input = { email, password: PASSWORD, transport: 'BEARER' };
    let begin = 0;
    const response = await crowded.use((connection) => {
      begin = performance.now();
      const request = encode('SignIn', { input }, null);
      return connection.send({
        ...request,
        headers: { ...request.headers, 'x-forwarded-for': addressOf(index) },
      });
    });
    if (response.body.includes('"TwoFactorChallenge"')) served += 1;
    else if (
      response.body.includes('"SERVICE_UNAVAILABLE"') &&
      Number(response.headers.get('retry-after')) >= 1
    )
      refusals.push(performance.now() - begin);
    else throw new WrongAnswer('A sign-in too many', response);
  }

  await Promise.all([
    pace(perSecond, seconds, knock),
    pace(
      READS_A_SECOND,
      seconds,
      () => lanes.use((connection) => dialect.whoAmI(connection, reader, session)),
      (milliseconds) => reads.push(milliseconds),
    ),
  ]);
  return { served, refused: refusals.length, reads, refusals };
}
