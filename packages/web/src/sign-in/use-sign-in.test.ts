import { beforeEach, describe, expect, it } from 'vitest';
import { clientKey, createClient } from '../graphql/client.js';
import { createSession, sessionKey } from '../session/use-session.js';
import { createFakeApi, problemOf, sessionOf, signedInOf, viewerOf } from '../testing/fake-api.js';
import { provided, runInApp } from '../testing/run-in-app.js';
import { challengeKey, createChallengeState, useSignIn } from './use-sign-in.js';

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const delivery = (slot: 'PRIMARY' | 'BACKUP', maskedNumber: string) => ({
  __typename: 'CodeDelivery',
  slot,
  maskedNumber,
  expiresAt: later(10),
  resendAt: later(0.5),
});
const challengeOf = (rest: Record<string, unknown> = {}) => ({
  __typename: 'TwoFactorChallenge',
  challengeToken: 'token',
  method: 'SMS',
  methods: ['SMS'],
  expiresAt: later(10),
  delivery: delivery('PRIMARY', '•••• 42'),
  deliveryProblem: null,
  trustBrowserDays: null,
  phones: [
    { __typename: 'ChallengePhone', slot: 'PRIMARY', maskedNumber: '•••• 42' },
    { __typename: 'ChallengePhone', slot: 'BACKUP', maskedNumber: '•••• 17' },
  ],
  ...rest,
});

function setUp() {
  const api = createFakeApi();
  const client = createClient({ uri: 'http://test/graphql', onSessionOver: () => {}, fetcher: api.fetcher });
  const session = createSession(client);
  const state = createChallengeState();
  const { result } = runInApp(
    useSignIn,
    provided(clientKey, client),
    provided(sessionKey, session),
    provided(challengeKey, state),
  );
  api.answer('Viewer', { data: { viewer: viewerOf(), session: sessionOf() } });
  return { api, session, signIn: result };
}

async function challenged(rest: Record<string, unknown> = {}) {
  const parts = setUp();
  parts.api.answer('SignIn', { data: { signIn: challengeOf(rest) } });
  expect(await parts.signIn.signIn('mia@demo.example', 'right', false)).toBe('challenged');
  return parts;
}
const stored = () => sessionStorage.getItem('twofold.challenge');

beforeEach(() => sessionStorage.clear());

describe('signing in', () => {
  it('S1: ends with a session where two-factor is off', async () => {
    const { api, session, signIn } = setUp();
    api.answer('SignIn', { data: { signIn: signedInOf() } });
    expect(await signIn.signIn('mia@demo.example', 'right', true)).toBe('signed-in');
    expect(session.viewer.value?.name).toBe('Mia Lindqvist');
    expect(api.calls[0]?.variables).toEqual({
      input: { email: 'mia@demo.example', password: 'right', keepSignedIn: true },
    });
  });

  it('stays with a problem where the password is wrong', async () => {
    const { api, session, signIn } = setUp();
    api.answer('SignIn', { data: { signIn: problemOf('INVALID_CREDENTIALS') } });
    expect(await signIn.signIn('mia@demo.example', 'wrong', false)).toBe('again');
    expect(signIn.problem.value?.code).toBe('INVALID_CREDENTIALS');
    expect(session.viewer.value).toBeNull();
  });

  it('stays with a failure where the API cannot be reached', async () => {
    const { api, signIn } = setUp();
    api.answer('SignIn', 'unreachable');
    expect(await signIn.signIn('mia@demo.example', 'right', false)).toBe('again');
    expect(signIn.failure.value).toEqual({ kind: 'network' });
  });

  it('S33: leads to a challenge and no session where two-factor is on', async () => {
    const { session, signIn } = await challenged();
    expect(signIn.challenge.value).toMatchObject({ using: 'SMS', slot: 'PRIMARY' });
    expect(session.viewer.value).toBeNull();
  });

  it('keeps the challenge over a reload', async () => {
    await challenged();
    expect(createChallengeState().challenge.value?.challengeToken).toBe('token');
  });

  it('does not keep a challenge that has ended meanwhile', async () => {
    await challenged({ expiresAt: later(-1) });
    expect(createChallengeState().challenge.value).toBeNull();
  });

  it('survives a stored challenge that is not ours', () => {
    sessionStorage.setItem('twofold.challenge', '{"half');
    expect(createChallengeState().challenge.value).toBeNull();
  });
});

describe('the second step', () => {
  it('S33: ends with a session and forgets the challenge', async () => {
    const { api, session, signIn } = await challenged();
    api.answer('VerifyTwoFactorCode', { data: { verifyTwoFactorCode: signedInOf() } });
    expect(await signIn.verify('123456')).toBe('signed-in');
    expect(session.viewer.value?.id).toBe('mia');
    expect(stored()).toBeNull();
  });

  it('names the method that the code is for', async () => {
    const { api, signIn } = await challenged({ methods: ['SMS', 'TOTP'] });
    api.answer('VerifyTwoFactorCode', { data: { verifyTwoFactorCode: problemOf('INVALID_CODE') } });
    signIn.use('TOTP');
    expect(await signIn.verify('123456')).toBe('again');
    expect(api.calls.at(-1)?.variables).toEqual({
      input: { challengeToken: 'token', code: '123456', method: 'TOTP' },
    });
  });

  it('has the browser trusted where that was asked for', async () => {
    const { api, signIn } = await challenged({ trustBrowserDays: 30 });
    api.answer('VerifyTwoFactorCode', { data: { verifyTwoFactorCode: signedInOf() } });
    await signIn.verify('123456', true);
    const verified = api.calls.find(({ operation }) => operation === 'VerifyTwoFactorCode');
    expect(verified?.variables).toEqual({
      input: { challengeToken: 'token', code: '123456', method: 'SMS', trustBrowser: true },
    });
  });

  it('goes back to the start where the challenge has run out', async () => {
    const { api, signIn } = await challenged();
    api.answer('VerifyTwoFactorCode', { data: { verifyTwoFactorCode: problemOf('CHALLENGE_EXPIRED') } });
    expect(await signIn.verify('123456')).toBe('over');
    expect(signIn.challenge.value).toBeNull();
    expect(stored()).toBeNull();
  });

  it('S37: sends to the backup phone and remembers where the newest code went', async () => {
    const { api, signIn } = await challenged();
    api.answer('SendSignInCode', { data: { sendSignInCode: delivery('BACKUP', '•••• 17') } });
    expect(await signIn.sendCode('BACKUP')).toBe('sent');
    expect(signIn.challenge.value).toMatchObject({ slot: 'BACKUP', delivery: { maskedNumber: '•••• 17' } });
    expect(createChallengeState().challenge.value?.slot).toBe('BACKUP');
  });

  it('S41: stays on a wrong recovery code', async () => {
    const { api, signIn } = await challenged();
    api.answer('VerifyRecoveryCode', { data: { verifyRecoveryCode: problemOf('INVALID_CODE') } });
    expect(await signIn.recover('AAAAA')).toBe('again');
    expect(signIn.problem.value?.code).toBe('INVALID_CODE');
    expect(signIn.challenge.value).not.toBeNull();
  });

  it('S38: signs in with the recovery code', async () => {
    const { api, session, signIn } = await challenged();
    api.answer('VerifyRecoveryCode', { data: { verifyRecoveryCode: signedInOf() } });
    expect(await signIn.recover('AAAAA-BBBBB')).toBe('signed-in');
    expect(session.viewer.value?.id).toBe('mia');
  });

  it('drops the problem of one step when the next is tried', async () => {
    const { api, signIn } = await challenged();
    api.answer('VerifyTwoFactorCode', { data: { verifyTwoFactorCode: problemOf('INVALID_CODE') } });
    await signIn.verify('111111');
    api.answer('SendSignInCode', 'unreachable');
    await signIn.sendCode('PRIMARY');
    expect(signIn.problem.value).toBeNull();
    expect(signIn.failure.value).toEqual({ kind: 'network' });
  });

  it('has nothing to verify without a challenge', async () => {
    const { api, signIn } = setUp();
    expect(await signIn.verify('123456')).toBe('over');
    expect(await signIn.recover('AAAAA')).toBe('over');
    expect(await signIn.sendCode('PRIMARY')).toBe('over');
    expect(api.calls).toEqual([]);
  });
});
