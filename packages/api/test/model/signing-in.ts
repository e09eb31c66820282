import type { PhoneSlot, TwoFactorMethod } from '@twofold/contract/graphql';
import { MINUTE, SECOND } from '@twofold/core/ports';
import { fail, lockedOut, LONGEST_CODE_LOCK, succeed } from './failures.js';
import { endChallenges, endSessions, openSession, tryPassword } from './sessions.js';
import type { Account, AppCodes, Challenge, Model, Outcome, Protection } from './state.js';
import { iso, refusal } from './state.js';
import { delivery, isText, send } from './texts.js';

export function signIn(model: Model, account: Account, password: string, keep: boolean): Outcome {
  const refused = tryPassword(model, account, password);
  if (refused) return refused;
  const { protection } = account;
  if (!protection) return openSession(model, account, keep);
  const challenge: Challenge = {
    token: '',
    ended: false,
    keep,
    expiresAt: model.now + 10 * MINUTE,
    texts: [],
  };
  account.challenges.push(challenge);
  return {
    is: 'TwoFactorChallenge',
    method: protection.method,
    methods: [protection.method],
    expiresAt: iso(challenge.expiresAt),
    phones: (['PRIMARY', 'BACKUP'] as const).flatMap((slot) => (protection.phones[slot] ? [{ slot }] : [])),
    ...firstText(model, account, challenge, protection),
  };
}

function firstText(model: Model, account: Account, challenge: Challenge, { method, phones }: Protection) {
  if (method !== 'SMS') return { delivery: null, deliveryProblem: null };
  const sent = textCode(model, account, challenge, phones.PRIMARY ?? '');
  if (!isText(sent)) {
    const { is: code, ...more } = sent;
    return { delivery: null, deliveryProblem: { code, ...more } };
  }
  return { delivery: delivery(sent, 'PRIMARY'), deliveryProblem: null };
}

function textCode(model: Model, account: Account, challenge: Challenge, to: string) {
  const sent = send(model, { for: 'SIGN_IN', account, within: challenge, to }, challenge.expiresAt);
  if (isText(sent)) challenge.texts.push(sent);
  return sent;
}

export function lives(challenge: Challenge | undefined, now: number): challenge is Challenge {
  return challenge !== undefined && !challenge.ended && now < challenge.expiresAt;
}

const over = () => refusal('CHALLENGE_EXPIRED');

export function textAgain(
  model: Model,
  account: Account,
  challenge: Challenge | undefined,
  slot: PhoneSlot,
): Outcome {
  if (!lives(challenge, model.now) || !account.protection) return over();
  const phone = account.protection.phones[slot];
  if (phone === null) return refusal('PHONE_NUMBER_INVALID', { field: 'slot' });
  const sent = textCode(model, account, challenge, phone);
  return isText(sent) ? { is: 'CodeDelivery', ...delivery(sent, slot) } : sent;
}

export function verifyCode(
  model: Model,
  account: Account,
  challenge: Challenge | undefined,
  { code, method }: { code: string; method: TwoFactorMethod | null },
): Outcome {
  const { protection } = account;
  if (!lives(challenge, model.now) || !protection) return over();
  const locked = lockedOut(account.failed.codes, model.now);
  if (locked) return locked;
  if (method !== null && method !== protection.method) return refusal('INVALID_CODE', { field: 'method' });
  if (!/^[0-9]{6}$/.test(code)) return refusal('INVALID_CODE', { field: 'code' });
  const text = challenge.texts.at(-1);
  if (protection.method === 'SMS' && !(text && model.now < text.expiresAt)) {
    return refusal('CODE_EXPIRED', { field: 'code' });
  }
  const step = protection.app ? stepOf(protection.app, code, model.now) : null;
  const right = protection.app ? step !== null && step > protection.usedStep : text?.code === code;
  if (!right) {
    fail(account.failed.codes, model.now, LONGEST_CODE_LOCK);
    return refusal('INVALID_CODE', { field: 'code' });
  }
  succeed(account.failed.codes);
  challenge.ended = true;
  protection.usedStep = step ?? 0;
  protection.lastUsedAt = model.now;
  return openSession(model, account, challenge.keep);
}

/** The step of 30 s that the app shows this code in, of this one and its two neighbours. */
export function stepOf(app: AppCodes, code: string, now: number): number | null {
  const drift = [0, -1, 1].find((steps) => app.code(steps) === code);
  return drift === undefined ? null : Math.floor(now / (30 * SECOND)) + drift;
}

/** @param recoveryCode null: mistyped, so that the check symbol finds it. */
export function recover(
  model: Model,
  account: Account,
  challenge: Challenge | undefined,
  recoveryCode: string | null,
): Outcome {
  const failures = account.failed.recoveryCodes;
  const { protection } = account;
  if (!lives(challenge, model.now) || !protection) return over();
  const locked = lockedOut(failures, model.now);
  if (locked) return locked;
  if (recoveryCode !== protection.recoveryCode) {
    if (recoveryCode !== null) fail(failures, model.now, LONGEST_CODE_LOCK);
    return refusal('INVALID_CODE', { field: 'recoveryCode' });
  }
  succeed(failures);
  account.protection = null;
  account.setUps = [];
  endChallenges(account);
  endSessions(model, account, null);
  return openSession(model, account, challenge.keep);
}
