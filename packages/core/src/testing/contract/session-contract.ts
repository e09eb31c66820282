import { describe, expect, it } from 'vitest';
import type { OpenHarness } from '../store-contract.js';
import {
  addProtectedUser,
  addSession,
  addSetup,
  addUser,
  newHash,
  newId,
  newSession,
  NOW,
  useHarness,
  winners,
} from './fixtures.js';

export function describeSessionStore(open: OpenHarness): void {
  describe('sessions', () => {
    const harness = useHarness(open);
    const find = (tokenHash: string, now = NOW) => harness.stores.sessions.findLive(tokenHash, now);

    it('finds a live one as it was stored, with its user as they are now', async () => {
      const { user } = await addProtectedUser(harness);
      const given = {
        keepSignedIn: true,
        browserId: newId(),
        passwordConfirmedUntil: NOW + 2,
        phoneChangeFreeUntil: NOW + 3,
      };
      const { session, tokenHash } = await addSession(harness, user.id, given);
      const found = await find(tokenHash);
      expect(found?.session).toEqual(session);
      expect(found?.user).toEqual(await harness.stores.users.find(user.id, user.organizationId));
      expect(found?.user.twoFactorMethod).toBe('TOTP');
    });

    it('an expired session: is gone at its idle end, and at its end in all', async () => {
      const user = await addUser(harness);
      const idle = await addSession(harness, user.id, {
        idleExpiresAt: NOW + 10,
        absoluteExpiresAt: NOW + 99,
      });
      const absolute = await addSession(harness, user.id, {
        idleExpiresAt: NOW + 99,
        absoluteExpiresAt: NOW + 10,
      });
      for (const { tokenHash } of [idle, absolute]) {
        expect(await find(tokenHash, NOW + 9)).not.toBeNull();
        expect(await find(tokenHash, NOW + 10)).toBeNull();
      }
    });

    it('a guessed token: another hash, or the same in another case, finds none', async () => {
      const user = await addUser(harness);
      await harness.stores.sessions.create(newSession(user.id), 'abcDEF');
      expect(await find('abcdef')).toBeNull();
      expect(await find('abcDEF ')).toBeNull();
      expect(await find(newHash())).toBeNull();
    });

    it('a token belongs to one session', async () => {
      const user = await addUser(harness);
      const { tokenHash } = await addSession(harness, user.id);
      await expect(harness.stores.sessions.create(newSession(user.id), tokenHash)).rejects.toThrow();
    });

    it('a disabled user: has no live session', async () => {
      const user = await addUser(harness, { disabledAt: NOW });
      const { tokenHash } = await addSession(harness, user.id);
      expect(await find(tokenHash)).toBeNull();
    });

    it('moves the idle end on, and marks the confirmed password and the free phone change', async () => {
      const user = await addUser(harness);
      const { session, tokenHash } = await addSession(harness, user.id);
      expect(await harness.stores.sessions.touch(session.id, NOW + 1, NOW + 5_000, '2001:db8::7')).toBe(true);
      await harness.stores.sessions.confirmPassword(session.id, NOW + 6_000);
      await harness.stores.sessions.freePhoneChange(session.id, NOW + 7_000);
      expect((await find(tokenHash))?.session).toEqual({
        ...session,
        lastSeenAt: NOW + 1,
        address: '2001:db8::7',
        idleExpiresAt: NOW + 5_000,
        passwordConfirmedUntil: NOW + 6_000,
        phoneChangeFreeUntil: NOW + 7_000,
      });
    });

    it('ends once, however many ask at once', async () => {
      const user = await addUser(harness);
      const { session, tokenHash } = await addSession(harness, user.id);
      expect(await winners(20, () => harness.stores.sessions.end(session.id))).toBe(1);
      expect(await find(tokenHash)).toBeNull();
    });

    it('lists the live ones of a user, the one that was used last first, and no more than asked for', async () => {
      const user = await addUser(harness);
      await addSession(harness, (await addUser(harness)).id);
      const { session: old } = await addSession(harness, user.id);
      const { session: used } = await addSession(harness, user.id, { lastSeenAt: NOW + 5 });
      await addSession(harness, user.id, { idleExpiresAt: NOW });
      await addSession(harness, user.id, { absoluteExpiresAt: NOW });
      expect(await harness.stores.sessions.list(user.id, NOW, 10)).toEqual([used, old]);
      expect(await harness.stores.sessions.list(user.id, NOW, 1)).toEqual([used]);
    });

    it('ends one for its user alone, once, and none that ran out', async () => {
      const user = await addUser(harness);
      const { session, tokenHash } = await addSession(harness, user.id);
      const { session: over } = await addSession(harness, user.id, { idleExpiresAt: NOW });
      const { endOf } = harness.stores.sessions;
      expect(await endOf((await addUser(harness)).id, session.id, NOW)).toBe(false);
      expect(await endOf(user.id, over.id, NOW)).toBe(false);
      expect(await find(tokenHash)).not.toBeNull();
      expect(await winners(50, () => endOf(user.id, session.id, NOW))).toBe(1);
      expect(await find(tokenHash)).toBeNull();
    });

    it('ends all of a user but the one given, and counts the live ones', async () => {
      const user = await addUser(harness);
      const other = await addSession(harness, (await addUser(harness)).id);
      const kept = await addSession(harness, user.id);
      const ended = await addSession(harness, user.id);
      await addSession(harness, user.id);
      await addSession(harness, user.id, { idleExpiresAt: NOW });
      await addSession(harness, user.id, { absoluteExpiresAt: NOW });
      expect(await harness.stores.sessions.endAll(user.id, kept.session.id, NOW)).toBe(2);
      expect(await find(kept.tokenHash)).not.toBeNull();
      expect(await find(ended.tokenHash)).toBeNull();
      expect(await find(other.tokenHash)).not.toBeNull();
      expect(await harness.stores.sessions.endAll(user.id, null, NOW)).toBe(1);
      expect(await find(kept.tokenHash)).toBeNull();
    });

    it('takes its set-ups along', async () => {
      const setup = await addSetup(harness);
      await harness.stores.sessions.end(setup.sessionId);
      expect(await harness.stores.setups.take(setup.id)).toBe(false);
    });

    it('ends with its user', async () => {
      const user = await addUser(harness);
      const { tokenHash } = await addSession(harness, user.id);
      await harness.deleteUser(user.id);
      expect(await find(tokenHash)).toBeNull();
    });

    it('begins for a user alone who is there', async () => {
      await expect(addSession(harness, 'nobody')).rejects.toThrow();
    });
  });
}
