import {
  DisableTwoFactorDocument,
  EnableTwoFactorDocument,
  SendSignInCodeDocument,
  StartTwoFactorDocument,
  UpdatePolicyDocument,
  UserDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import type { TwoFactorMethod } from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import { factorPlace } from '@twofold/core/two-factor/two-factor';
import type { NewUser } from '../../src/store/users/create-account.js';
import { print } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import { App } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import type { TestOrganization } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { ended, iso, openScene } from '../harness/scene.js';

const APPS: TwoFactorMethod[] = ['TOTP'];
const BOTH: TwoFactorMethod[] = ['TOTP', 'SMS'];

describe.each(databases)('a policy in force, on $name', ({ open }) => {
  let scene: Scene;
  let house: TestOrganization;
  let owner: Client;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());
  beforeEach(async () => {
    house = await scene.service.organization();
    owner = await scene.service.signedIn((await house.user({ role: 'OWNER' })).email);
    await owner.enableApp(now);
  });

  const now = () => scene.now();
  const lastCode = () => scene.service.outbox.lastCode();
  /** Demands two-factor by these methods, from ten minutes on. Answers the moment. */
  async function demand(allowedMethods = BOTH): Promise<number> {
    await owner.confirmPassword();
    const deadline = now() + 10 * MINUTE;
    const input = { requiredFrom: iso(deadline), allowedMethods, version: 0 };
    const policy = { ...input, twoFactorRequired: true, trustedBrowsersAllowed: false };
    expect(await ended(owner, UpdatePolicyDocument, { input: policy })).toBe('PolicyUpdated');
    return deadline;
  }
  async function textUser(): Promise<{
    readonly user: NewUser;
    readonly client: Client;
    readonly code: string;
  }> {
    const user = await house.user();
    const client = await scene.service.signedIn(user.email);
    const code = await client.enableTexts(scene.newPhone(), lastCode);
    scene.service.clock.advance(MINUTE);
    return { user, client, code };
  }
  const scopeOf = async (client: Client) => (await client.run(ViewerDocument)).session?.scope;
  const dueAt = async (client: Client) => (await client.run(ViewerDocument)).session?.twoFactorDueAt;
  /** How a colleague's profile answers. */
  const look = async (client: Client, { id }: NewUser) =>
    (await client.send(print(UserDocument), { id })).errors?.[0]?.extensions.code ?? 'shown';
  async function verify(email: string, method: TwoFactorMethod, code = lastCode): Promise<Client> {
    const client = scene.service.client();
    const { challengeToken } = await client.challenge(email);
    const input = { challengeToken, method, code: code() };
    const { verifyTwoFactorCode } = await client.run(VerifyTwoFactorCodeDocument, { input });
    if (verifyTwoFactorCode.__typename !== 'SignedIn') throw new Error(JSON.stringify(verifyTwoFactorCode));
    client.token = verifyTwoFactorCode.sessionToken ?? null;
    return client;
  }

  it('POLICY-8: from the deadline on, and not a moment before, a session of somebody without two-factor is for setting it up alone', async () => {
    const user = await house.user();
    const client = await scene.service.signedIn(user.email);
    const deadline = await demand();
    expect(await dueAt(client)).toBe(iso(deadline));
    expect(await dueAt(owner)).toBeNull();
    scene.service.clock.set(deadline - 1);
    expect([await scopeOf(client), await look(client, user)]).toEqual(['FULL', 'shown']);
    scene.service.clock.set(deadline);
    // The one that is open, and one that is opened now.
    const later = scene.service.client();
    expect(await later.signIn(user.email)).toMatchObject({ scope: 'TWO_FACTOR_SETUP_ONLY' });
    for (const one of [client, later])
      expect([await scopeOf(one), await look(one, user)]).toEqual(['TWO_FACTOR_SETUP_ONLY', 'FORBIDDEN']);
    expect(await look(owner, user)).toBe('shown');
    await later.enableApp(now);
    expect([await scopeOf(later), await look(later, user)]).toEqual(['FULL', 'shown']);
  });

  it('POLICY-9: S45 holds from the deadline on: a recovery sign-in leads only to setting it up again; before it leads on', async () => {
    const recover = async ({ user, code }: Awaited<ReturnType<typeof textUser>>) => {
      const client = scene.service.client();
      const { challengeToken } = await client.challenge(user.email);
      const input = { challengeToken, recoveryCode: code };
      const { verifyRecoveryCode } = await client.run(VerifyRecoveryCodeDocument, { input });
      if (verifyRecoveryCode.__typename !== 'SignedIn') throw new Error(JSON.stringify(verifyRecoveryCode));
      client.token = verifyRecoveryCode.sessionToken ?? null;
      return { client, scope: verifyRecoveryCode.scope };
    };
    const [early, late] = [await textUser(), await textUser()];
    const deadline = await demand();
    scene.service.clock.set(deadline - MINUTE);
    const before = await recover(early);
    expect([before.scope, await look(before.client, early.user)]).toEqual(['FULL', 'shown']);
    scene.service.clock.set(deadline);
    expect([await scopeOf(before.client), await look(before.client, early.user)]).toEqual([
      'TWO_FACTOR_SETUP_ONLY',
      'FORBIDDEN',
    ]);
    const after = await recover(late);
    expect([after.scope, await look(after.client, late.user)]).toEqual([
      'TWO_FACTOR_SETUP_ONLY',
      'FORBIDDEN',
    ]);
    await after.client.enableTexts(scene.newPhone(), lastCode);
    expect(await look(after.client, late.user)).toBe('shown');
  });

  it('POLICY-10: switching off is refused from the moment on in which the policy demands it, also before the deadline', async () => {
    const { client } = await textUser();
    const disable = () => ended(client, DisableTwoFactorDocument, { input: { password: PASSWORD } });
    await demand();
    expect(await disable()).toBe('TWO_FACTOR_REQUIRED');
    await owner.confirmPassword();
    const optional = { twoFactorRequired: false, allowedMethods: BOTH, trustedBrowsersAllowed: false };
    expect(await ended(owner, UpdatePolicyDocument, { input: { ...optional, version: 1 } })).toBe(
      'PolicyUpdated',
    );
    expect(await disable()).toBe('TwoFactorDisabled');
  });

  it('POLICY-11: a method that is ruled out is not set up any more, also where its set-up was under way', async () => {
    const client = await scene.service.signedIn((await house.user()).email);
    const byText = { input: { method: 'SMS' as const, phoneNumber: scene.newPhone() } };
    expect(await ended(client, StartTwoFactorDocument, byText)).toBe('PhoneSetup');
    await demand(APPS);
    expect(await ended(client, EnableTwoFactorDocument, { input: { code: lastCode() } })).toBe(
      'METHOD_NOT_ALLOWED',
    );
    expect(await ended(client, StartTwoFactorDocument, byText)).toBe('METHOD_NOT_ALLOWED');
    expect((await client.run(ViewerDocument)).viewer?.organization.allowedMethods).toEqual(APPS);
    await client.enableApp(now);
  });

  it('POLICY-12: who holds only a method that is ruled out signs in with it, from the deadline on to set up another', async () => {
    const { user, client } = await textUser();
    const deadline = await demand(APPS);
    expect(await dueAt(client)).toBe(iso(deadline));
    scene.service.clock.set(deadline - 1);
    expect(await look(await verify(user.email, 'SMS'), user)).toBe('shown');
    scene.service.clock.set(deadline + MINUTE);
    expect(await look(client, user)).toBe('FORBIDDEN');
    const late = await verify(user.email, 'SMS');
    expect([await scopeOf(late), await look(late, user)]).toEqual(['TWO_FACTOR_SETUP_ONLY', 'FORBIDDEN']);

    const start = { input: { method: 'TOTP' as const } };
    expect(await ended(late, StartTwoFactorDocument, start)).toBe('REAUTHENTICATION_REQUIRED');
    await late.confirmPassword();
    const { startTwoFactor } = await late.run(StartTwoFactorDocument, start);
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error('There is no set-up.');
    const app = new App(startTwoFactor.manualKey, now);
    const enabled = await late.run(EnableTwoFactorDocument, { input: { code: app.code() } });
    // The recovery code stays.
    expect(enabled.enableTwoFactor).toMatchObject({ __typename: 'TwoFactorEnabled', recoveryCode: null });
    expect([await scopeOf(late), await look(late, user), await dueAt(late)]).toEqual(['FULL', 'shown', null]);
    scene.service.clock.advance(MINUTE);
    expect(await scopeOf(await verify(user.email, 'TOTP', () => app.code()))).toBe('FULL');
  });

  it('POLICY-13: of several methods those that are ruled out are from the deadline on neither offered nor taken', async () => {
    const { user, client } = await textUser();
    await client.confirmPassword();
    const { app } = await client.enableApp(now);
    await addPhone(user.id);
    const deadline = await demand(APPS);
    scene.service.clock.set(deadline - 1);
    expect(await scene.service.client().challenge(user.email)).toMatchObject({
      ...{ method: 'SMS', methods: ['SMS', 'TOTP'], phones: [{ slot: 'PRIMARY' }] },
    });
    const early = await scene.service.client().challenge(user.email);
    const earlyCode = lastCode();
    scene.service.clock.set(deadline);
    const texts = scene.service.outbox.texts.length;
    const offer = await scene.service.client().challenge(user.email);
    expect(offer).toMatchObject({ method: 'TOTP', methods: ['TOTP'], phones: [], delivery: null });
    expect(scene.service.outbox.texts).toHaveLength(texts);
    // Nor does a code do that was sent a moment before.
    const input = { challengeToken: early.challengeToken, method: 'SMS' as const, code: earlyCode };
    expect(await ended(scene.service.client(), VerifyTwoFactorCodeDocument, { input })).toBe('INVALID_CODE');
    const again = { input: { challengeToken: early.challengeToken, slot: 'PRIMARY' as const } };
    expect(await ended(scene.service.client(), SendSignInCodeDocument, again)).toBe('PHONE_NUMBER_INVALID');
    expect(scene.service.outbox.texts).toHaveLength(texts);
    expect(await scopeOf(client)).toBe('FULL');
    scene.service.clock.advance(MINUTE);
    expect(await look(await verify(user.email, 'TOTP', () => app.code()), user)).toBe('shown');
  });

  /** A phone beside what is held, preferred. */
  async function addPhone(userId: string): Promise<void> {
    const { twoFactors, cipher, random } = scene.service.service.deps;
    const held = await twoFactors.find(userId);
    const id = random.id();
    const sealed = cipher.seal(scene.newPhone(), factorPlace(id));
    const phone = { ...held!.factors[0]!, id, kind: 'SMS', slot: 'PRIMARY' as const, sealed, usedStep: null };
    await twoFactors.replace({ ...held!, method: 'SMS', factors: [phone, ...held!.factors] });
  }

  it('POLICY-14: what one organisation demands binds nobody of another', async () => {
    const other = await scene.plainUser();
    scene.service.clock.set(await demand(APPS));
    expect(await scopeOf(other.owner)).toBe('FULL');
    await other.owner.confirmPassword();
    expect(
      await ended(other.owner, StartTwoFactorDocument, {
        input: { method: 'SMS', phoneNumber: scene.newPhone() },
      }),
    ).toBe('PhoneSetup');
  });
});
