import { exportAuditLog } from '@twofold/core/audit/export-audit-log';
import type { ListAuditEventsInput } from '@twofold/core/audit/list-audit-events';
import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import { trimAuditLog } from '@twofold/core/audit/trim-audit-log';
import { verifyAuditLog } from '@twofold/core/audit/verify-audit-log';
import type { AuditChainStore } from '@twofold/core/audit/audit-chain-store';
import type { LinkPurpose } from '@twofold/core/links/link';
import { newLink } from '@twofold/core/links/link';
import { sentText } from '@twofold/core/delivery/sent-text';
import { DAY, HOUR, MINUTE } from '@twofold/core/ports';
import type { LiveSession } from '@twofold/core/session/session';
import type { Stores } from '@twofold/core/use-cases';
import { deactivateUser } from '@twofold/core/users/deactivate-user';
import { reactivateUser } from '@twofold/core/users/reactivate-user';
import type { ListUsersInput } from '@twofold/core/users/list-users';
import { createHmacDigest } from '../../src/adapters/keys/hmac-digest.js';
import { createKeyRing } from '../../src/adapters/keys/key-ring.js';
import { nodeRandom } from '../../src/adapters/node-random.js';
import type { Database } from '../../src/store/data-source.js';
import { purgeExpired } from '../../src/store/purge-expired.js';
import type { Fixture } from '../faults/fixture.js';
import { arrive, challenge, done, ended, textUser } from '../faults/fixture.js';
import { operations } from '../faults/operations.js';
import { testKey } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import type { Crowd } from './crowd.js';
import { setPolicy } from './policy.js';

/** Of 20, so that what reads more than a page stands out. */
const FIRST = 20;

/** Every change of an account, and every way to sign in. */
export async function changeAccounts(fixture: Fixture): Promise<void> {
  const { useCases, clock, outbox } = fixture;
  for (const { prepare } of operations) await (await prepare(fixture)).act(useCases);

  const { email, token } = await textUser(fixture);
  const challengeToken = await challenge(fixture, email);
  clock.advance(MINUTE);
  done(await useCases.sendSignInCode({ challengeToken, slot: 'PRIMARY' }));
  await ended(useCases.verifyTwoFactorCode({ challengeToken, method: null, code: '000000' }));
  await ended(useCases.verifyRecoveryCode({ challengeToken, recoveryCode: 'nonsense' }));
  await arrive(fixture, email, 'not the password').catch(() => undefined);

  done(await useCases.confirmPassword(await fixture.reload(token), PASSWORD));
  const live = await fixture.reload(token);
  const backup = { slot: 'BACKUP', phoneNumber: fixture.newPhone(), defaultCountry: null } as const;
  done(await useCases.startPhoneChange(live, backup));
  await ended(useCases.confirmPhoneChange(live, { slot: 'BACKUP', code: '000000' }));
  done(await useCases.confirmPhoneChange(live, { slot: 'BACKUP', code: outbox.lastCode() }));
  done(await useCases.viewSettings(live));
  done(await useCases.removeBackupPhone(live));
  done(await useCases.regenerateRecoveryCode(live));
  // Used once more after a while, which is written down.
  clock.advance(2 * MINUTE);
  const used = await useCases.useSession(token);
  if (used) await useDevices(fixture, used);
  await useCases.signOut(used);
}

/** Sessions that are looked at and ended. */
async function useDevices({ useCases }: Fixture, live: LiveSession): Promise<void> {
  await useCases.listSessions(live);
  await useCases.listTrustedBrowsers(live);
  await useCases.endSession(live, 'no such session').catch(() => undefined);
  await useCases.removeTrustedBrowser(live, 'no such browser').catch(() => undefined);
  done(await useCases.endOtherSessions(live));
  done(await useCases.removeTrustedBrowsers(live));
}

/** What is asked about an organisation: its users in every order, and what happened there. */
export async function readAll({ useCases }: Fixture, live: LiveSession, crowd: Crowd): Promise<void> {
  await useCases.getUser(live.user, crowd.userId);
  await useCases.listUserSessions(live, crowd.userId);
  await ended(useCases.endUserSessions(live, crowd.userId));
  for (const field of ['NAME', 'EMAIL', 'ROLE', 'LAST_SIGN_IN_AT'] as const) {
    for (const direction of ['ASC', 'DESC'] as const) {
      for (const after of cursorsOf(field, crowd)) {
        const orderBy = { field, direction };
        for (const filter of filters) await listUsers(useCases, live, { ...filter, orderBy, after });
      }
    }
  }
  for (const filter of linesOf(crowd, live.session.signedInAt)) {
    const query = { ...allLines, ...filter, first: FIRST };
    const { events } = await useCases.listAuditEvents(live.user, query);
    const last = events.at(-1);
    if (last) await useCases.listAuditEvents(live.user, { ...query, after: last });
  }
}

const filters: readonly Partial<ListUsersInput>[] = [
  {},
  { search: 'e' },
  { search: 'na 123' },
  { search: 'nobody is called so' },
  { twoFactorEnabled: true },
  { twoFactorEnabled: false, search: 'crowd' },
];

async function listUsers(
  useCases: Fixture['useCases'],
  { user }: LiveSession,
  input: Pick<ListUsersInput, 'orderBy' | 'after'> & Partial<ListUsersInput>,
): Promise<void> {
  const listed = await useCases.listUsers(user, {
    search: null,
    twoFactorEnabled: null,
    ...input,
    first: FIRST,
  });
  if (input.after === null) await listed.total();
}

/** The first page, and pages from the middle on. */
function cursorsOf(
  field: ListUsersInput['orderBy']['field'],
  { middle, now }: Crowd,
): ListUsersInput['after'][] {
  switch (field) {
    case 'NAME':
      return [null, { value: 'grace 1026', id: middle }];
    case 'EMAIL':
      return [null, { value: 'user-1500@crowd.example', id: middle }];
    case 'ROLE':
      return [null, { value: 'MEMBER', id: middle }, { value: 'ADMIN', id: middle }];
    case 'LAST_SIGN_IN_AT':
      return [null, { value: now - 1_001, id: middle }, { value: null, id: middle }];
  }
}

const allLines: ListAuditEventsInput = {
  ...{ everybody: true, userId: null, action: null, succeeded: null },
  ...{ since: null, until: null, first: FIRST, after: null },
};

const linesOf = ({ userId }: Crowd, now: number): Partial<ListAuditEventsInput>[] => [
  {},
  { everybody: false },
  { userId },
  { userId, action: 'VIEW_SETTINGS' },
  { action: 'CHANGE_PASSWORD' },
  { action: 'DISABLE_TWO_FACTOR', succeeded: false },
  { action: 'RESET_TWO_FACTOR' },
  { succeeded: true },
  { succeeded: false },
  { since: now - 5_000, until: now - 4_000 },
  { until: now - DAY },
];

async function useLinks({ links }: Stores, { user }: LiveSession, now: number): Promise<void> {
  const of = { organizationId: user.organization.id, userId: user.id, createdBy: user.id, payload: null };
  const { link, tokenHash } = newLink(
    { random: nodeRandom, digest: digestOfTests() },
    { ...of, purpose: 'PASSWORD_RESET' },
    now,
  );
  await links.create(link, tokenHash);
  await links.findLive(tokenHash, 'PASSWORD_RESET', now);
  await links.list(of.organizationId, 'PASSWORD_RESET', now, FIRST);
  await links.endAll(user.id, 'PASSWORD_RESET');
  await links.take(link.id);
}

async function useTrust({ trustedBrowsers }: Stores, { user }: LiveSession, now: number): Promise<void> {
  const organizationId = user.organization.id;
  const trust = {
    ...{ id: nodeRandom.id(), userId: user.id, organizationId, device: null, address: null },
    ...{ createdAt: now, lastUsedAt: now, expiresAt: now + DAY },
    ...{ tokenHash: nodeRandom.token(), previousHash: null, rotatedAt: now },
  };
  await trustedBrowsers.save(trust);
  await trustedBrowsers.find(trust.id, user.id);
  await trustedBrowsers.use(trust.tokenHash, trust);
  await trustedBrowsers.list(user.id, 0, now);
  await trustedBrowsers.keepNewest(user.id, 0);
  await trustedBrowsers.end(user.id, trust.id);
  await trustedBrowsers.endAll(user.id);
  await trustedBrowsers.endAllIn(organizationId);
}

const digestOfTests = () => createHmacDigest(createKeyRing([{ id: 'test', key: testKey }]));

/** Everything that is done by links: who holds one needs no session. */
export async function followLinks(fixture: Fixture, { links }: Stores, live: LiveSession): Promise<void> {
  const { useCases, clock } = fixture;
  const { user } = live;
  const owner = { organizationId: user.organization.id, userId: user.id, createdBy: user.id };
  async function linkFor(purpose: LinkPurpose, payload: unknown = null, userId: string | null = user.id) {
    const of = { ...owner, userId, purpose, payload };
    const made = newLink({ random: nodeRandom, digest: digestOfTests() }, of, clock.now());
    await links.create(made.link, made.tokenHash);
    return made.token;
  }
  const password = 'violet umbrella tango 71';
  const invited = { email: 'nina@mail.example', name: 'Nina', role: 'MEMBER' } as const;
  done(await useCases.inviteUser(live, invited));
  const [first] = await useCases.listInvitations(user);
  done(await useCases.resendInvitation(live, first?.id ?? ''));
  const [again] = await useCases.listInvitations(user);
  done(await useCases.withdrawInvitation(live, again?.id ?? ''));
  const invitation = await linkFor('INVITATION', invited, null);
  await useCases.viewInvitation(invitation);
  done(await useCases.acceptInvitation({ ...invited, token: invitation, password, transport: 'BEARER' }));

  done(await useCases.requestEmailChange(live, 'changed@mail.example'));
  const change = await linkFor('EMAIL_CHANGE', { newEmail: 'changed@mail.example' });
  await useCases.viewEmailChange(change);
  done(await useCases.confirmEmailChange(change));

  done(await useCases.requestPasswordReset({ email: 'changed@mail.example', address: '::1' }));
  const reset = await linkFor('PASSWORD_RESET');
  await useCases.viewPasswordLink(reset);
  done(await useCases.resetPassword({ token: reset, newPassword: password }));
  await ended(useCases.setFirstPassword({ token: await linkFor('FIRST_PASSWORD'), password }));
  done(await useCases.reportNotMe({ token: await linkFor('NOT_ME', { email: user.email }) }));
}

export interface Keeping {
  readonly database: Database;
  readonly stores: Stores;
  readonly chain: AuditChainStore;
}

/** What the service does by itself, and what operators do. */
export async function keepHouse(
  { clock, useCases }: Fixture,
  { database, stores, chain }: Keeping,
  live: LiveSession,
) {
  const digest = digestOfTests();
  const deps = { ...stores, clock, chain, digest, transaction: database.transaction };
  await stores.limits.peek(live.user.id);
  await useLinks(stores, live, clock.now());
  await useTrust(stores, live, clock.now());
  const receipt = { carrier: 'messagebird', messageId: 'text-1' };
  await stores.sentTexts.remember(sentText(receipt, live.user, 'SMS', clock.now()));
  await useCases.recordTextDelivery({ ...receipt, outcome: 'DONE', at: null });
  await deactivateUser(deps)(live.user);
  await reactivateUser(deps)(live.user);
  await setPolicy({ clock, useCases }, stores, database.transaction, live);
  await sealAuditLog(deps)();
  await verifyAuditLog(deps)();
  const everything = { organizationId: null, since: null, until: null };
  const ofOne = { organizationId: live.user.organization.id, since: clock.now() - DAY, until: clock.now() };
  for (const filter of [everything, ofOne]) for await (const page of exportAuditLog(deps)(filter)) void page;
  clock.advance(2 * DAY);
  await trimAuditLog(deps)(1);
  clock.advance(40 * DAY + HOUR);
  await purgeExpired(database.sql, clock.now());
}
