import { expect } from 'vitest';
import type { AnyResult } from '../../harness/scene.js';
import { tally, wrongFor } from '../../harness/scene.js';
import type { Chance } from '../kills/chance.js';
import type { Protection, Racer, SignedIn } from './racer.js';

/** What a race may look at besides the answers. */
export interface Referee {
  /** Failed attempts in a row that are counted for the account; null while it is locked. */
  failures(counter: 'second-factor' | 'recovery-code', userId: string): Promise<number | null>;
}

export type Race = (racer: Racer, chance: Chance, referee: Referee) => Promise<void>;

const MOST_FAILURES = 10;

const endOf = (result: AnyResult) =>
  result.__typename === 'Problem' ? String(result.code) : result.__typename;

/** Two or three of the nodes, in an order by chance; a node may come twice. */
function doors(chance: Chance): number[] {
  const nodes = [0, 1, 2].sort(() => chance.between(0, 1) - 0.5);
  return chance.between(0, 3) === 0 ? [...nodes, chance.between(0, 2)] : nodes.slice(0, chance.between(2, 3));
}

const node = (chance: Chance) => chance.between(0, 2);

function protectedBy<By extends Protection['by']>(racer: Racer, by: By): Protection & { by: By } {
  if (racer.protection.by !== by) throw new Error(`It is not protected by ${by}.`);
  return racer.protection as Protection & { by: By };
}

const recoveryCodeOf = ({ protection }: Racer) =>
  'recoveryCode' in protection ? protection.recoveryCode : '';

/** One answer opened a session and every other one is among `losers`; its token is good at every door. */
async function oneWon(racer: Racer, answers: readonly SignedIn[], losers: readonly string[]): Promise<void> {
  const { SignedIn, ...others } = tally(answers.map(endOf));
  expect({ SignedIn, unexpected: Object.keys(others).filter((end) => !losers.includes(end)) }).toEqual({
    SignedIn: 1,
    unexpected: [],
  });
  await racer.useEverywhere(answers.find(({ sessionToken }) => sessionToken)?.sessionToken ?? '');
}

/** The same code of one challenge at several nodes at once. */
const codeOnOneChallenge: Race = async (racer, chance) => {
  const { challengeToken, code } = await racer.challenge(node(chance));
  const answers = await Promise.all(doors(chance).map((at) => racer.verify(at, challengeToken, code)));
  await oneWon(racer, answers, ['CHALLENGE_EXPIRED']);
  racer.won.VERIFY_TWO_FACTOR_CODE += 1;
};

/** An app's code that a thief has seen, on a challenge of each. */
const codeOnManyChallenges: Race = async (racer, chance) => {
  const { app } = protectedBy(racer, 'app');
  const at = doors(chance);
  const challenges = await Promise.all(at.map((door) => racer.challenge(door)));
  const code = app.code();
  const answers = await Promise.all(
    at.map((door, i) => racer.verify(door, challenges[i]?.challengeToken ?? '', code)),
  );
  await oneWon(racer, answers, ['INVALID_CODE']);
  racer.won.VERIFY_TWO_FACTOR_CODE += 1;
};

/** The recovery code, on one challenge or on several. */
const recoveryCode: Race = async (racer, chance) => {
  const at = doors(chance);
  const first = await racer.challenge(node(chance));
  const several = racer.protection.by === 'app' && chance.between(0, 1) === 0;
  const challenges = await Promise.all(at.map(async (door) => (several ? racer.challenge(door) : first)));
  const answers = await Promise.all(
    at.map((door, i) => racer.recover(door, challenges[i]?.challengeToken ?? '', recoveryCodeOf(racer))),
  );
  await oneWon(racer, answers, ['CHALLENGE_EXPIRED']);
  racer.won.VERIFY_RECOVERY_CODE += 1;
  racer.protection = { by: 'nothing' };
};

/** The code and the recovery code of one challenge at once. */
const eitherCode: Race = async (racer, chance) => {
  const { challengeToken, code } = await racer.challenge(node(chance));
  const at = doors(chance);
  const [byRecovery = 0, ...byCode] = at;
  const recovered = racer.recover(byRecovery, challengeToken, recoveryCodeOf(racer));
  const verified = byCode.map((door) => racer.verify(door, challengeToken, code));
  const answers = await Promise.all([recovered, ...verified]);
  if (endOf(answers[0]) === 'SignedIn') {
    racer.won.VERIFY_RECOVERY_CODE += 1;
    racer.protection = { by: 'nothing' };
  } else racer.won.VERIFY_TWO_FACTOR_CODE += 1;
  await oneWon(racer, answers, ['CHALLENGE_EXPIRED']);
};

/** Wrong codes at once, counted exactly; where they are enough, the account is locked for the right one too. */
const wrongCodes: Race = async (racer, chance, referee) => {
  const counter = chance.oneOf(['second-factor', 'recovery-code'] as const);
  const { challengeToken, code } = await racer.challenge(node(chance));
  const before = await referee.failures(counter, racer.id);
  if (before === null) throw new Error('It was locked before the race.');
  const at = Array.from({ length: chance.between(2, MOST_FAILURES + 2) }, () => node(chance));
  const wrong = racer.protection.by === 'app' ? wrongFor(racer.protection.app) : otherThan(code);
  const answers = await Promise.all(
    at.map((door) =>
      counter === 'second-factor'
        ? racer.verify(door, challengeToken, wrong)
        : racer.recover(door, challengeToken, WRONG_RECOVERY_CODE),
    ),
  );
  const compared = Math.min(at.length, MOST_FAILURES - before);
  const { INVALID_CODE, TOO_MANY_ATTEMPTS = 0, ...others } = tally(answers.map(endOf));
  expect({ INVALID_CODE, TOO_MANY_ATTEMPTS, others }).toEqual({
    INVALID_CODE: compared,
    TOO_MANY_ATTEMPTS: at.length - compared,
    others: {},
  });
  const locked = before + compared === MOST_FAILURES;
  expect(await referee.failures(counter, racer.id)).toBe(locked ? null : before + compared);
  const right = await racer.verify(node(chance), challengeToken, code);
  if (locked && counter === 'second-factor') expect(endOf(right)).toBe('TOO_MANY_ATTEMPTS');
  else {
    await oneWon(racer, [right], []);
    racer.won.VERIFY_TWO_FACTOR_CODE += 1;
  }
};

/** A set-up is proved at several nodes at once: one switches on, and what it showed is in force. */
const enabling: Race = async (racer, chance) => {
  const token = await racer.plainToken(node(chance));
  const setup = await racer.startSetup(node(chance), token, chance.oneOf(['app', 'texts'] as const));
  const answers = await Promise.all(doors(chance).map((at) => racer.enable(at, token, setup.code)));
  const { TwoFactorEnabled, SETUP_EXPIRED = 0, ...others } = tally(answers.map(endOf));
  expect({ TwoFactorEnabled, SETUP_EXPIRED, others }).toEqual({
    TwoFactorEnabled: 1,
    SETUP_EXPIRED: answers.length - 1,
    others: {},
  });
  racer.won.ENABLE_TWO_FACTOR += 1;
  racer.protection = setup.protectedBy(answers.find((answer) => answer.recoveryCode)?.recoveryCode ?? '');
};

/** Somebody with the password alone signs in while two-factor is switched on elsewhere: challenged, or out again at once. */
const enablingBesideSignIns: Race = async (racer, chance) => {
  const token = await racer.plainToken(node(chance));
  const setup = await racer.startSetup(node(chance), token, 'app');
  const [first = 0, ...others] = doors(chance);
  const enabled = racer.enable(first, token, setup.code);
  const signedIn = others.map((at) => racer.signIn(at));
  const answer = await enabled;
  expect(endOf(answer)).toBe('TwoFactorEnabled');
  racer.won.ENABLE_TWO_FACTOR += 1;
  racer.protection = setup.protectedBy(answer.recoveryCode ?? '');
  for (const { sessionToken } of await Promise.all(signedIn))
    if (sessionToken !== undefined)
      expect(await racer.aliveOn(sessionToken), 'a session by the password alone').toEqual(OUT_EVERYWHERE);
  await racer.useEverywhere(token);
};

/** The old password at one node while it is changed at another: no session of it stays. */
const changingPassword: Race = async (racer, chance) => {
  const token = await racer.plainToken(node(chance));
  const [first = 0, ...others] = doors(chance);
  const newPassword = `a quiet otter on raft ${String(chance.between(1, 2 ** 31))}`;
  const changed = racer.changePassword(first, token, newPassword);
  const signedIn = others.map((at) => racer.signIn(at));
  expect(endOf(await changed)).toBe('PasswordChanged');
  const answers = await Promise.all(signedIn);
  racer.password = newPassword;
  for (const answer of answers) {
    expect(['SignedIn', 'INVALID_CREDENTIALS']).toContain(endOf(answer));
    if (answer.sessionToken !== undefined)
      expect(await racer.aliveOn(answer.sessionToken), 'a session of the old password').toEqual(
        OUT_EVERYWHERE,
      );
  }
  await racer.useEverywhere(token);
};

const OUT_EVERYWHERE = [false, false, false];
/** Its check symbol is right, so that it is compared, and counted. */
const WRONG_RECOVERY_CODE = '0'.repeat(30);
const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

/** What can be raced for, by what is switched on; what stands twice is drawn twice as often. */
export const races: Readonly<
  Record<Protection['by'], Readonly<Record<string, { race: Race; weight: number }>>>
> = {
  nothing: {
    'a set-up proved at several nodes': { race: enabling, weight: 3 },
    'switching on beside sign-ins by password': { race: enablingBesideSignIns, weight: 2 },
    'a password changed beside sign-ins': { race: changingPassword, weight: 1 },
  },
  app: {
    'an app’s code on one challenge': { race: codeOnOneChallenge, weight: 3 },
    'an app’s code on several challenges': { race: codeOnManyChallenges, weight: 3 },
    'a recovery code': { race: recoveryCode, weight: 2 },
    'code and recovery code': { race: eitherCode, weight: 2 },
    'wrong codes': { race: wrongCodes, weight: 1 },
  },
  texts: {
    'a texted code': { race: codeOnOneChallenge, weight: 4 },
    'a recovery code': { race: recoveryCode, weight: 2 },
    'code and recovery code': { race: eitherCode, weight: 2 },
    'wrong codes': { race: wrongCodes, weight: 1 },
  },
};
