import {
  AuditEventsDocument,
  EndOtherSessionsDocument,
  EndSessionDocument,
  EndUserSessionsDocument,
  SessionsDocument,
  UserSessionsDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { HOUR, MINUTE, SECOND } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, ended, iso, openScene, tally } from '../harness/scene.js';
import { arrive, CHROME, FIREFOX, NamedBrowser } from './devices-scene.js';

describe.each(databases)('sessions, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open, { config: { trustedProxies: ['127.0.0.1'] } });
  });
  afterAll(() => scene.close());

  const newBrowser = (device?: string) => new NamedBrowser(scene.service.url, device);
  async function signedIn(email: string, device?: string): Promise<NamedBrowser> {
    const browser = newBrowser(device);
    expect(await arrive(browser, email)).toBe('SignedIn');
    return browser;
  }
  const sessionsOf = async (client: Client) => (await client.run(SessionsDocument)).sessions;
  const idOf = async (client: Client) => (await client.run(ViewerDocument)).session?.id ?? '';
  const isAlive = async (client: Client) => (await client.run(ViewerDocument)).viewer !== null;
  const end = (client: Client, sessionId: string) =>
    client.send(print(EndSessionDocument), { input: { sessionId } });
  const codeOf = (answer: Awaited<ReturnType<typeof end>>) => answer.errors?.[0]?.extensions.code;
  const administrator = async (role: 'ADMIN' | 'OWNER' = 'ADMIN') => {
    const { email, id } = await scene.signage.user({ role, name: 'Adam Admin' });
    const client = await scene.service.signedIn(email);
    return { id, client };
  };

  it('each says by what, from where and when it was begun and used, the one used last first', async () => {
    const { email } = await scene.signage.user();
    const began = scene.now();
    const firefox = await signedIn(email, FIREFOX);
    scene.service.clock.advance(HOUR / 3);
    const chrome = await signedIn(email, CHROME);
    scene.service.clock.advance(5 * SECOND);

    const [current, other, none] = await sessionsOf(chrome);
    expect(none).toBeUndefined();
    expect(current).toMatchObject({
      device: CHROME,
      browser: 'Chrome',
      system: 'Windows',
      address: '127.0.0.1',
      keepSignedIn: false,
      isCurrent: true,
    });
    expect(other).toMatchObject({
      browser: 'Firefox',
      system: 'Linux',
      isCurrent: false,
      signedInAt: iso(began),
      lastSeenAt: iso(began),
    });
    expect((await sessionsOf(firefox)).map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
  });

  it('one that is used elsewhere shows that address, at most once a minute', async () => {
    const { email } = await scene.signage.user();
    const browser = await signedIn(email);
    const from = (address: string) =>
      browser.send<{ sessions: { address: string }[] }>(
        '{ sessions { address } }',
        {},
        {
          'x-forwarded-for': address,
        },
      );
    await from('203.0.113.9');
    expect((await from('203.0.113.9')).data?.sessions).toEqual([{ address: '127.0.0.1' }]);
    scene.service.clock.advance(MINUTE);
    expect((await from('203.0.113.9')).data?.sessions).toEqual([{ address: '203.0.113.9' }]);
  });

  it('a device that calls itself at length is cut to 255 characters', async () => {
    const { email } = await scene.signage.user();
    const browser = await signedIn(email, `Mozilla/5.0 ${'x'.repeat(4_000)}`);
    expect((await sessionsOf(browser))[0]?.device).toHaveLength(255);
  });

  it('those that ran out are not shown', async () => {
    const { email } = await scene.signage.user();
    await signedIn(email);
    scene.service.clock.advance(31 * MINUTE);
    expect(await sessionsOf(await signedIn(email))).toHaveLength(1);
  });

  it('one is ended, and the others live', async () => {
    const { email } = await scene.signage.user();
    const [own, lost, third] = [await signedIn(email), await signedIn(email), await signedIn(email)];
    expect(await ended(own, EndSessionDocument, { input: { sessionId: await idOf(lost) } })).toBe(
      'SessionEnded',
    );
    expect(await atOnce(3, (i) => isAlive([own, lost, third][i] ?? own))).toEqual([true, false, true]);
  });

  it('the one in hand too: the caller is signed out, and the cookie goes', async () => {
    const { email } = await scene.signage.user();
    const browser = await signedIn(email);
    const { endSession } = await browser.run(EndSessionDocument, {
      input: { sessionId: await idOf(browser) },
    });
    expect(endSession).toEqual({ __typename: 'SessionEnded', wasCurrent: true });
    expect(browser.cookies.has('twofold_session')).toBe(false);
  });

  it('50 ends at once end it once', async () => {
    const { email } = await scene.signage.user();
    const own = await signedIn(email);
    const sessionId = await idOf(await signedIn(email));
    const ends = await atOnce(50, async () => codeOf(await end(own, sessionId)) ?? 'ended');
    expect(tally(ends)).toEqual({ ended: 1, NOT_FOUND: 49 });
  });

  it('all others end, with the sign-ins that wait for a code, and their number is told', async () => {
    const { email, id, owner } = await scene.appUser();
    await scene.service.client().challenge(email);
    expect((await owner.run(EndOtherSessionsDocument)).endOtherSessions).toMatchObject({ endedSessions: 0 });
    const { sql } = scene.database.database;
    expect(await sql.all('SELECT id FROM challenges WHERE user_id = ?', [id])).toEqual([]);

    const person = await scene.signage.user();
    const [own, ...others] = [
      await signedIn(person.email),
      await signedIn(person.email),
      await signedIn(person.email),
    ];
    expect((await own.run(EndOtherSessionsDocument)).endOtherSessions).toMatchObject({ endedSessions: 2 });
    expect(await atOnce(2, (i) => isAlive(others[i] ?? own))).toEqual([false, false]);
    expect(await isAlive(own)).toBe(true);
  });

  it('threat: the id of a colleague’s session, of a stranger’s and of none are answered alike, and end nothing', async () => {
    const own = await signedIn((await scene.signage.user()).email);
    const colleague = await signedIn((await scene.signage.user()).email);
    const foreign = await scene.service.organization({ name: 'Other Signage' });
    const stranger = await signedIn((await foreign.user()).email);
    const ids = [await idOf(colleague), await idOf(stranger), 'no-such-session', ''];
    const answers = [];
    for (const id of ids) {
      const { errors } = await end(own, id);
      answers.push([errors?.[0]?.message, errors?.[0]?.extensions.code]);
    }
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers[0]).toEqual(['You have no such session.', 'NOT_FOUND']);
    expect([await isAlive(colleague), await isAlive(stranger)]).toEqual([true, true]);
  });

  it('threat: where two-factor is demanded and the user has none, sessions are neither shown nor ended', async () => {
    const demanding = await scene.service.organization({ twoFactorRequired: true });
    const { email } = await demanding.user();
    const [own, other] = [await signedIn(email), await signedIn(email)];
    expect(codeOf(await own.send(print(SessionsDocument)))).toBe('FORBIDDEN');
    expect(codeOf(await end(own, await idOf(other)))).toBe('FORBIDDEN');
    expect(codeOf(await own.send(print(EndOtherSessionsDocument)))).toBe('FORBIDDEN');
  });

  describe('an administrator', () => {
    it('sees somebody’s sessions, and not until when a password counts as confirmed in them', async () => {
      const { id, email } = await scene.signage.user();
      const browser = await signedIn(email, CHROME);
      await browser.confirmPassword();
      const { client } = await administrator();
      const { userSessions } = await client.run(UserSessionsDocument, { userId: id });
      expect(userSessions).toMatchObject([{ browser: 'Chrome', system: 'Windows', isCurrent: false }]);
      const query = 'query ($id: ID!) { userSessions(userId: $id) { passwordConfirmedUntil } }';
      expect((await client.send(query, { id })).data).toEqual({
        userSessions: [{ passwordConfirmedUntil: null }],
      });
    });

    it('signs somebody out everywhere behind the confirmed password; it is written down, and mailed', async () => {
      const { id, email } = await scene.signage.user();
      const browser = await signedIn(email);
      const { client: admin, id: adminId } = await administrator();
      const input = { input: { userId: id } };
      expect(await ended(admin, EndUserSessionsDocument, input)).toBe('REAUTHENTICATION_REQUIRED');
      expect(await isAlive(browser)).toBe(true);
      await admin.confirmPassword();
      expect((await admin.run(EndUserSessionsDocument, input)).endUserSessions).toMatchObject({
        __typename: 'UserSessionsEnded',
        endedSessions: 1,
        user: { id },
      });
      expect(await isAlive(browser)).toBe(false);
      expect(scene.service.outbox.mails.at(-1)).toMatchObject({
        to: email,
        subject: 'You were signed out everywhere',
      });
      const { auditEvents } = await admin.run(AuditEventsDocument, {
        first: 2,
        filter: { everybody: true, action: 'END_USER_SESSIONS', userId: id },
      });
      expect(auditEvents.nodes.map(({ outcome }) => outcome)).toEqual(['DONE', 'REAUTHENTICATION_REQUIRED']);
      const [line] = await scene.database.database.sql.all(
        "SELECT actor_id FROM audit_events WHERE user_id = ? AND action = 'END_USER_SESSIONS' AND outcome = 'DONE'",
        [id],
      );
      expect(line).toEqual({ actor_id: adminId });
    });

    it('threat: a member, an administrator over an owner, and one of another organisation see and end nothing', async () => {
      const { id, email } = await scene.signage.user();
      const owner = await scene.signage.user({ role: 'OWNER' });
      const browser = await signedIn(email);
      const { client: admin } = await administrator();
      const member = await scene.service.signedIn((await scene.signage.user()).email);
      const foreign = await scene.service.organization({ name: 'Other Signage' });
      const stranger = await scene.service.signedIn((await foreign.user({ role: 'OWNER' })).email);
      for (const client of [admin, member, stranger]) await client.confirmPassword();
      const ends = async (client: Client, userId: string) => {
        const seen = await client.send(print(UserSessionsDocument), { userId });
        const done = await client.send(print(EndUserSessionsDocument), { input: { userId } });
        return [codeOf(seen), codeOf(done)];
      };
      expect(await ends(member, id)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      expect(await ends(admin, owner.id)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
      expect(await ends(stranger, id)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
      expect(await ends(stranger, 'nobody')).toEqual(['NOT_FOUND', 'NOT_FOUND']);
      expect(await isAlive(browser)).toBe(true);
    });
  });
});
