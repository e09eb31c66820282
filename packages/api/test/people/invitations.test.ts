import {
  AcceptInvitationDocument,
  InvitationDocument,
  InvitationsDocument,
  InviteUserDocument,
  ResendInvitationDocument,
  StartTwoFactorDocument,
  UsersDocument,
  ViewerDocument,
  WithdrawInvitationDocument,
} from '@twofold/contract/graphql';
import type { Role } from '@twofold/core/users/user';
import { HOUR } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import { mailedLink, tokensTo } from '../harness/mailed-link.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, ended, openScene, resultOf, tally } from '../harness/scene.js';

const OWN_PASSWORD = 'violet umbrella tango 71';

describe.each(databases)('invitations, on $name', ({ open }) => {
  let scene: Scene;
  let admin: Client;
  beforeAll(async () => {
    scene = await openScene(open);
    admin = await administrator('ADMIN');
  });
  afterAll(() => scene.close());

  let people = 0;
  const newEmail = () => `invited-${String(people++)}@mail.example`;
  async function administrator(role: Role, organization = scene.signage): Promise<Client> {
    const { email } = await organization.user({ role, name: 'Adam Reyes' });
    const client = await scene.service.signedIn(email);
    await client.confirmPassword();
    return client;
  }
  const invite = (client: Client, email: string, role: Role = 'MEMBER') =>
    ended(client, InviteUserDocument, { input: { email, name: 'Nina', role } });
  async function invited(client = admin, role: Role = 'MEMBER') {
    await client.confirmPassword();
    const email = newEmail();
    expect(await invite(client, email, role)).toBe('InvitationSent');
    return { email, token: await mailedLink(scene.service, email, 'invitation') };
  }
  const accept = (token: string, given: { name?: string; password?: string } = {}) =>
    resultOf(scene.service.client(), AcceptInvitationDocument, {
      input: {
        token,
        name: 'Nina Ostrowski',
        password: OWN_PASSWORD,
        transport: 'BEARER' as const,
        ...given,
      },
    });
  const acceptEnd = async (token: string) => {
    const { __typename, code } = await accept(token);
    return code ?? __typename;
  };
  const offer = async (token: string) =>
    (await scene.service.client().run(InvitationDocument, { token })).invitation;
  const errorOf = async (client: Client, document: Parameters<typeof print>[0], variables: unknown) =>
    (await client.send(print(document), variables)).errors?.[0]?.extensions.code;
  const idOf = async (email: string) => {
    const { invitations } = await admin.run(InvitationsDocument);
    return invitations.find((one) => one.email === email)?.id ?? '';
  };

  it('PEOPLE-1: who is invited chooses name and password, and is in', async () => {
    const { email, token } = await invited();
    expect(await offer(token)).toMatchObject({
      organization: 'Demo Signage',
      invitedBy: 'Adam Reyes',
      email,
    });
    const client = scene.service.client();
    const input = { token, name: ' Nina Ostrowski ', password: OWN_PASSWORD, transport: 'BEARER' as const };
    const { acceptInvitation } = await client.run(AcceptInvitationDocument, { input });
    if (acceptInvitation.__typename !== 'SignedIn') throw new Error(acceptInvitation.__typename);
    expect(acceptInvitation).toMatchObject({
      scope: 'FULL',
      viewer: { email, name: 'Nina Ostrowski', role: 'MEMBER' },
    });
    client.token = acceptInvitation.sessionToken ?? null;
    expect((await client.run(ViewerDocument)).viewer?.email).toBe(email);
    // They are found in the list from now on, by a part of the name.
    const { users } = await admin.run(UsersDocument, {
      first: 5,
      search: 'ostrowsk',
      orderBy: { field: 'NAME', direction: 'ASC' },
    });
    expect(users.nodes.map((user) => user.email)).toContain(email);
    const { signIn } = { signIn: await scene.service.client().signIn(email, OWN_PASSWORD) };
    expect(signIn.__typename).toBe('SignedIn');
  });

  it('PEOPLE-1, S45: where the organisation demands two-factor, the first session only sets it up', async () => {
    const demanding = await scene.service.organization({ twoFactorRequired: true });
    const { email, owner } = await protectedOwner(demanding);
    expect(email).not.toBe('');
    const { token } = await invited(owner);
    const client = scene.service.client();
    const input = { token, name: 'Nina', password: OWN_PASSWORD, transport: 'BEARER' as const };
    const { acceptInvitation } = await client.run(AcceptInvitationDocument, { input });
    expect(acceptInvitation).toMatchObject({ scope: 'TWO_FACTOR_SETUP_ONLY' });
    client.token = 'sessionToken' in acceptInvitation ? (acceptInvitation.sessionToken ?? null) : null;
    expect(await ended(client, StartTwoFactorDocument, { input: { method: 'TOTP' } })).toBe(
      'AuthenticatorSetup',
    );
  });

  it('PEOPLE-2: a link works once, for 72 hours; a weak password does not use it up', async () => {
    const { token } = await invited();
    expect(await accept(token, { password: 'password1234' })).toMatchObject({
      code: 'PASSWORD_TOO_WEAK',
      field: 'password',
    });
    expect(await accept(token, { name: 'two\nlines' })).toMatchObject({
      code: 'NAME_INVALID',
      field: 'name',
    });
    scene.service.clock.advance(72 * HOUR - 1);
    expect(await acceptEnd(token)).toBe('SignedIn');
    expect(await acceptEnd(token)).toBe('LINK_EXPIRED');
    expect(await offer(token)).toBeNull();

    admin = await administrator('ADMIN');
    const { token: late } = await invited();
    scene.service.clock.advance(72 * HOUR);
    expect(await acceptEnd(late)).toBe('LINK_EXPIRED');
    admin = await administrator('ADMIN');
  });

  it('threat: the answer does not tell whether an email has an account; its owner is told', async () => {
    const other = await scene.service.organization({ name: 'Other Signage' });
    const { email } = await other.user();
    const unknown = newEmail();
    const input = (to: string) => ({ input: { email: to, name: 'Nina', role: 'MEMBER' as const } });
    const shape = (answer: object) => JSON.stringify(answer).replaceAll(email, '?').replaceAll(unknown, '?');
    const answers = [];
    for (const to of [email, unknown]) {
      const { inviteUser } = await admin.run(InviteUserDocument, input(to));
      if (inviteUser.__typename !== 'InvitationSent') throw new Error(inviteUser.__typename);
      const { id, createdAt, expiresAt, ...rest } = inviteUser.invitation;
      expect([id, createdAt, expiresAt].every(Boolean)).toBe(true);
      answers.push(shape(rest));
    }
    expect(answers[0]).toBe(answers[1]);
    await mailedLink(scene.service, unknown, 'invitation');
    expect(tokensTo(scene.service, email, 'invitation')).toEqual([]);
    expect(scene.service.outbox.mails.findLast(({ to }) => to === email)?.subject).toBe(
      'Somebody tried to invite you',
    );
  });

  it('PEOPLE-3: an invitation is sent again by a new link, or withdrawn', async () => {
    const { email, token } = await invited();
    const input = { id: await idOf(email) };
    expect(await ended(admin, ResendInvitationDocument, { input })).toBe('InvitationSent');
    const next = await mailedLink(scene.service, email, 'invitation', token);
    expect(await acceptEnd(token)).toBe('LINK_EXPIRED');
    const again = { id: await idOf(email) };
    expect(await ended(admin, WithdrawInvitationDocument, { input: again })).toBe('InvitationWithdrawn');
    expect(await acceptEnd(next)).toBe('LINK_EXPIRED');
    expect(await ended(admin, WithdrawInvitationDocument, { input: again })).toBe('LINK_EXPIRED');
  });

  it('threat: members invite nobody, administrators no owners, and nobody without the password', async () => {
    const member = (await scene.plainUser()).owner;
    await member.confirmPassword();
    const input = { email: newEmail(), name: 'Nina', role: 'MEMBER' };
    expect(await errorOf(member, InviteUserDocument, { input })).toBe('FORBIDDEN');
    expect(await errorOf(member, InvitationsDocument, {})).toBe('FORBIDDEN');
    expect(await errorOf(admin, InviteUserDocument, { input: { ...input, role: 'OWNER' } })).toBe(
      'FORBIDDEN',
    );
    const unconfirmed = await scene.service.signedIn((await scene.signage.user({ role: 'ADMIN' })).email);
    expect(await invite(unconfirmed, input.email)).toBe('REAUTHENTICATION_REQUIRED');
    expect(await invite(admin, 'no address')).toBe('EMAIL_INVALID');
    const owner = await administrator('OWNER');
    expect(await invite(owner, newEmail(), 'OWNER')).toBe('InvitationSent');
  });

  it('threat: those of another organisation are neither seen nor touched', async () => {
    const { email } = await invited();
    const other = await administrator('OWNER', await scene.service.organization({ name: 'Other Signage' }));
    expect((await other.run(InvitationsDocument)).invitations).toEqual([]);
    const input = { id: await idOf(email) };
    expect(await ended(other, WithdrawInvitationDocument, { input })).toBe('LINK_EXPIRED');
    expect(await ended(other, ResendInvitationDocument, { input })).toBe('LINK_EXPIRED');
  });

  it('threat: an invitation of somebody who may no longer invite is dead', async () => {
    const { id, email: inviter } = await scene.signage.user({ role: 'ADMIN' });
    const client = await scene.service.signedIn(inviter);
    const { token } = await invited(client);
    await scene.database.database.sql.run("UPDATE users SET role = 'MEMBER' WHERE id = ?", [id]);
    expect(await acceptEnd(token)).toBe('LINK_EXPIRED');
  });

  it('threat: 50 who accept at once make one account; the email may be taken meanwhile', async () => {
    const { token } = await invited();
    expect(tally(await atOnce(50, () => acceptEnd(token)))).toEqual({ SignedIn: 1, LINK_EXPIRED: 49 });
    const { email, token: first } = await invited();
    const elsewhere = await administrator(
      'OWNER',
      await scene.service.organization({ name: 'Other Signage' }),
    );
    await invite(elsewhere, email);
    const second = await mailedLink(scene.service, email, 'invitation', first);
    expect(tally(await Promise.all([acceptEnd(first), acceptEnd(second)]))).toEqual({
      SignedIn: 1,
      EMAIL_TAKEN: 1,
    });
  });

  async function protectedOwner(organization: Awaited<ReturnType<Scene['service']['organization']>>) {
    const { email } = await organization.user({ role: 'OWNER' });
    const owner = await scene.service.signedIn(email);
    await owner.enableTexts(scene.newPhone(), () => scene.service.outbox.lastCode());
    await owner.confirmPassword();
    return { email, owner };
  }
});
