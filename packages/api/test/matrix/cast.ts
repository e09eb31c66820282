import { randomUUID } from 'node:crypto';
import {
  AuditEventsDocument,
  SignOutDocument,
  StartPhoneChangeDocument,
  StartTwoFactorDocument,
  UsersDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import type { Hasher } from '@twofold/core/ports';
import { DAY, MINUTE } from '@twofold/core/ports';
import { storesOn } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import { App } from '../harness/client.js';
import type { TestOrganization } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import type { Caller } from './matrix.js';

/** Values for inputs, by name, or by operation and name where one name means different things. */
export type Known = Readonly<Record<string, unknown>>;

/** Who sends an operation, by which credentials, and what they know. */
export interface Presence {
  readonly client: Client;
  readonly headers: Record<string, string>;
  /** The person in question, and everything that could be known of them. */
  readonly known: Known & { readonly id: string; readonly email: string };
}

export interface Cast {
  /** They, in the session in which everything was started. */
  readonly member: Client;
  as(caller: Caller): Promise<Presence>;
}

/** Of everybody but the person in question, so that their password opens nothing of others. */
export const OTHER_PASSWORD = 'seven lanterns over the pass';

/**
 * A fresh organisation with a person of whom everything is under way: text messages switched on, a second session, a
 * set-up and a phone change in the first one, and a sign-in that waits for its code.
 */
export async function openCast(scene: Scene, hasher: Hasher): Promise<Cast> {
  const { service } = scene;
  const signage = await service.organization({ name: 'Demo Signage', trustedBrowsersAllowed: true });
  await signage.user({ name: 'Aaron First' });
  const { id, email } = await signage.user();
  const member = await service.signedIn(email);
  const recoveryCode = await member.enableTexts(scene.newPhone(), () => service.outbox.lastCode());
  await member.confirmPassword();
  service.clock.advance(MINUTE);
  const unconfirmed = await signedInByText(scene, email);
  service.clock.advance(MINUTE);
  const started = await startBackup(scene, member);
  const { challengeToken } = await service.client().challenge(email);
  const signInCode = service.outbox.lastCode();
  service.clock.advance(MINUTE);

  const known = {
    ...wellFormed,
    ...started,
    ...(await setUp(scene, member)),
    ...(await cursorsOf(member)),
    ...(await devicesOf(scene, member, unconfirmed)),
    ...{ id, userId: id, email, search: email, password: PASSWORD, currentPassword: PASSWORD },
    ...{ challengeToken, recoveryCode, 'verifyTwoFactorCode.code': signInCode },
  };
  const bearer = (client: Client): Presence => ({ client, headers: {}, known });
  const byToken = (token: string) => bearer(Object.assign(service.client(), { token }));
  const byCookie = (token: string) => ({
    ...bearer(service.client()),
    headers: { cookie: `twofold_session=${token}` },
  });
  const other = async (role: 'MEMBER' | 'ADMIN' | 'OWNER', organization: TestOrganization = signage) => {
    const user = await organization.user({ role, passwordHash: await hasher.hash(OTHER_PASSWORD) });
    const client = service.client();
    await client.signIn(user.email, OTHER_PASSWORD);
    return bearer(client);
  };

  const presences: Record<Caller, () => Promise<Presence>> = {
    nobody: () => Promise.resolve(bearer(service.client())),
    challengeCookie: () => Promise.resolve(byCookie(challengeToken)),
    challengeBearer: () => Promise.resolve(byToken(challengeToken)),
    async deadBearer() {
      const { client } = await other('MEMBER');
      await client.run(SignOutDocument);
      return bearer(client);
    },
    async disabled() {
      const { sql } = scene.database.database;
      await sql.run('UPDATE users SET disabled_at = ? WHERE id = ?', [scene.now(), id]);
      return byCookie(member.token ?? '');
    },
    async setupOnly() {
      const demanding = await service.organization({ twoFactorRequired: true });
      const user = await demanding.user();
      const client = await service.signedIn(user.email);
      const own = { id: user.id, userId: user.id, email: user.email };
      return { ...bearer(client), known: { ...known, ...own, ...(await setUp(scene, client)) } };
    },
    member: () => Promise.resolve(bearer(member)),
    unconfirmed: () => Promise.resolve(bearer(unconfirmed)),
    colleague: () => other('MEMBER'),
    admin: () => other('ADMIN'),
    owner: () => other('OWNER'),
    stranger: async () => other('OWNER', await service.organization({ name: 'Other Signage' })),
  };
  return { member, as: (caller) => presences[caller]() };
}

async function signedInByText(scene: Scene, email: string): Promise<Client> {
  const client = scene.service.client();
  const { challengeToken } = await client.challenge(email);
  const input = { challengeToken, code: scene.service.outbox.lastCode() };
  const { verifyTwoFactorCode } = await client.run(VerifyTwoFactorCodeDocument, { input });
  if (verifyTwoFactorCode.__typename !== 'SignedIn') throw new Error('There is no session.');
  client.token = verifyTwoFactorCode.sessionToken ?? null;
  return client;
}

async function startBackup(scene: Scene, client: Client): Promise<Known> {
  const phoneNumber = scene.newPhone();
  await client.run(StartPhoneChangeDocument, { input: { slot: 'BACKUP', phoneNumber } });
  return { phoneNumber, 'confirmPhoneChange.code': scene.service.outbox.lastCode() };
}

/** Begins to set an app up; answers the id and the code that proves it now. */
export async function setUp(scene: Scene, client: Client): Promise<Known> {
  const { startTwoFactor } = await client.run(StartTwoFactorDocument, { input: { method: 'TOTP' } });
  if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error('There is no set-up.');
  const code = new App(startTwoFactor.manualKey, () => scene.now()).code();
  return { setupId: startTwoFactor.setupId, 'enableTwoFactor.code': code };
}

/** The second session, and a browser that is trusted. */
async function devicesOf(scene: Scene, member: Client, unconfirmed: Client): Promise<Known> {
  const { viewer } = await member.run(ViewerDocument);
  const { session } = await unconfirmed.run(ViewerDocument);
  if (!viewer || !session) throw new Error('There is no session.');
  const [id, now] = [randomUUID(), scene.now()];
  await storesOn(scene.database.database).trustedBrowsers.save({
    ...{ id, userId: viewer.id, organizationId: viewer.organization.id, device: null, address: null },
    ...{ createdAt: now, lastUsedAt: now, expiresAt: now + DAY },
    ...{ tokenHash: 'none', previousHash: null, rotatedAt: now },
  });
  return { sessionId: session.id, trustedBrowserId: id };
}

/** Cursors before which one line stands: of the person themselves, and of one whose name comes first. */
async function cursorsOf(client: Client): Promise<Known> {
  const { auditEvents } = await client.run(AuditEventsDocument, { first: 1, filter: { everybody: false } });
  const { users } = await client.run(UsersDocument, {
    first: 1,
    orderBy: { field: 'NAME', direction: 'ASC' },
  });
  return {
    'auditEvents.after': auditEvents.pageInfo.endCursor,
    'users.after': users.pageInfo.endCursor,
  };
}

const wellFormed: Known = {
  newPassword: 'violet umbrella tango 71',
  token: 'no link that was mailed',
  name: 'Nina Ostrowski',
  role: 'MEMBER',
  newEmail: 'changed@mail.example',
  'resendInvitation.id': 'no invitation',
  'withdrawInvitation.id': 'no invitation',
  'startTwoFactor.method': 'TOTP',
  'verifyTwoFactorCode.method': 'SMS',
  'sendSignInCode.slot': 'PRIMARY',
  slot: 'BACKUP',
  defaultCountry: 'DE',
  transport: 'BEARER',
  keepSignedIn: true,
  trustBrowser: true,
  field: 'NAME',
  direction: 'ASC',
  first: 10,
  twoFactorEnabled: true,
  everybody: true,
  action: 'SIGN_IN',
  succeeded: true,
  since: '2000-01-01T00:00:00.000Z',
  until: '2100-01-01T00:00:00.000Z',
  ...{ twoFactorRequired: false, allowedMethods: ['TOTP', 'SMS'], trustedBrowsersAllowed: true },
  requiredFrom: '2027-01-01T00:00:00.000Z',
  version: 0,
};
