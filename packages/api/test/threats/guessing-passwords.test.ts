import {
  ChangePasswordDocument,
  ConfirmPasswordDocument,
  DisableTwoFactorDocument,
  SignInDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import type { FakeHasher } from '@twofold/core/testing/fake-hasher';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { openService } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import { atOnce, ended, iso, resultOf, tally } from '../harness/scene.js';
import type { TwoNodes } from '../harness/two-nodes.js';
import { openTwoNodes } from '../harness/two-nodes.js';

const NEW_PASSWORD = 'violet umbrella tango 71';
const WRONG = 'not the password';

describe.each(databases)('guessing passwords, on $name with two nodes', ({ open }) => {
  let scene: TwoNodes;
  let hasher: FakeHasher;
  beforeAll(async () => {
    hasher = fakeHasher();
    // A client's address is the last one before the proxy, so a test can be many clients.
    scene = await openTwoNodes(open, { config: { trustedProxies: ['loopback'] }, outside: { hasher } });
  });
  afterAll(() => scene.close());

  const now = () => scene.now();
  const nodeOf = (index: number) => scene.nodeOf(index);
  const signInAs = (email: string, password: string, index = 0) =>
    resultOf(nodeOf(index).client(), SignInDocument, { input: { email, password, transport: 'BEARER' } });

  it('known, unknown and disabled emails are answered alike and cost the same hashes', async () => {
    const known = (await scene.signage.user()).email;
    const { email: disabled } = await scene.signage.user({ disabledAt: 1 });
    const { email: appUsers } = await scene.appUser();
    const answers: unknown[][] = [];
    for (const email of [known, disabled, appUsers, 'nobody@test.example', '']) {
      const before = hasher.verifications();
      const series: unknown[] = [];
      for (let i = 0; i < 12; i++) series.push(await signInAs(email, WRONG));
      answers.push([...series, hasher.verifications() - before]);
    }
    expect(tally((answers[0] ?? []).slice(0, 12).map((answer) => (answer as { code: string }).code))).toEqual(
      {
        INVALID_CREDENTIALS: 10,
        TOO_MANY_ATTEMPTS: 2,
      },
    );
    // One each, of an email that is locked too.
    expect(answers[0]?.at(-1)).toBe(12);
    for (const series of answers) expect(series).toEqual(answers[0]);
    const locked = { code: 'TOO_MANY_ATTEMPTS', retryAt: iso(now() + 15 * MINUTE) };
    expect(await signInAs(known.toUpperCase(), PASSWORD)).toMatchObject(locked);
    scene.service.clock.advance(15 * MINUTE);
    expect(await signInAs(known, PASSWORD)).toMatchObject({ __typename: 'SignedIn' });
    expect(await signInAs(disabled, PASSWORD)).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it('the right password of a disabled account counts as a wrong one: that it is right does not show', async () => {
    const { email } = await scene.signage.user({ disabledAt: 1 });
    const outcomes: (string | undefined)[] = [];
    for (let i = 0; i < 12; i++) outcomes.push((await signInAs(email, PASSWORD)).code);
    expect(outcomes).toEqual([
      ...Array<string>(10).fill('INVALID_CREDENTIALS'),
      ...Array<string>(2).fill('TOO_MANY_ATTEMPTS'),
    ]);
  });

  it('100 wrong passwords at once, on two nodes: ten are told to be wrong', async () => {
    const { email } = await scene.signage.user();
    const outcomes = await atOnce(100, async (i) => (await signInAs(email, WRONG, i)).code ?? '');
    expect(tally(outcomes)).toEqual({ INVALID_CREDENTIALS: 10, TOO_MANY_ATTEMPTS: 90 });
  });

  it('every operation that takes a password shares one count', async () => {
    const { email, owner } = await scene.appUser();
    const wrong = async () => [
      (await signInAs(email, WRONG)).code,
      await ended(owner, ConfirmPasswordDocument, { input: { password: WRONG } }),
      await ended(owner, ChangePasswordDocument, {
        input: { currentPassword: WRONG, newPassword: NEW_PASSWORD },
      }),
      await ended(owner, DisableTwoFactorDocument, { input: { password: WRONG } }),
    ];
    const outcomes = [...(await wrong()), ...(await wrong()), ...(await wrong())];
    expect(outcomes).toEqual([
      ...Array<string>(10).fill('INVALID_CREDENTIALS'),
      ...Array<string>(2).fill('TOO_MANY_ATTEMPTS'),
    ]);
    const right = [
      (await signInAs(email, PASSWORD)).code,
      await ended(owner, ConfirmPasswordDocument, { input: { password: PASSWORD } }),
      await ended(owner, ChangePasswordDocument, {
        input: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD },
      }),
      await ended(owner, DisableTwoFactorDocument, { input: { password: PASSWORD } }),
    ];
    expect(right).toEqual(Array<string>(4).fill('TOO_MANY_ATTEMPTS'));
    expect((await owner.run(ViewerDocument)).viewer?.twoFactorEnabled).toBe(true);
  });

  const from = (address: string, tried: string, password: string) =>
    resultOf(
      scene.service.client(),
      SignInDocument,
      { input: { email: tried, password, transport: 'BEARER' as const } },
      // What the client itself claims stands to the left; the proxy adds what it saw.
      { 'x-forwarded-for': `198.51.100.${String(Math.floor(Math.random() * 256))}, ${address}` },
    );

  it('a burst from one address compares 300 passwords and no more', async () => {
    const before = hasher.verifications();
    const outcomes = await atOnce(360, async (i) => {
      return (await from('203.0.113.9', `burst-${String(i)}@x.example`, WRONG)).code ?? '';
    });
    expect(tally(outcomes)).toEqual({ INVALID_CREDENTIALS: 300, TOO_MANY_ATTEMPTS: 60 });
    expect(hasher.verifications() - before).toBe(300);
  });

  it('right passwords do not count for an address, however many', async () => {
    const { email } = await scene.signage.user();
    for (let round = 0; round < 7; round++) {
      const outcomes = await atOnce(50, async () => (await from('203.0.113.10', email, PASSWORD)).__typename);
      expect(tally(outcomes)).toEqual({ SignedIn: 50 });
    }
  });

  it('after 300 failures in 5 minutes an address is refused for every email, and others are not', async () => {
    const { email } = await scene.signage.user();
    for (let round = 0; round < 6; round++) {
      await atOnce(50, (i) => from('203.0.113.7', `nobody-${String(round)}-${String(i)}@x.example`, WRONG));
    }
    const refused = await from('203.0.113.7', email, PASSWORD);
    expect(refused).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    const wait = Date.parse(refused.retryAt ?? '') - now();
    expect(wait > 4 * MINUTE && wait <= 5 * MINUTE).toBe(true);
    expect(await from('203.0.113.8', email, PASSWORD)).toMatchObject({ __typename: 'SignedIn' });
  });

  it('an address that a client claims counts for nothing where no proxy is trusted', async () => {
    const bare = await openService(scene.database, { sharing: scene.service });
    const from = (address: string, email: string) =>
      resultOf(
        bare.client(),
        SignInDocument,
        { input: { email, password: WRONG, transport: 'BEARER' as const } },
        { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` },
      );
    for (let round = 0; round < 6; round++) {
      await atOnce(50, (i) =>
        from(`203.0.113.${String(i)}`, `claimed-${String(round)}-${String(i)}@x.example`),
      );
    }
    expect(await from('203.0.113.99', 'claimed@x.example')).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    await bare.close();
  });
});
