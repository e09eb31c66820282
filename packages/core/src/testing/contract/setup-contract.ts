import { describe, expect, it } from 'vitest';
import { WRONG_CODES_A_SETUP } from '../../two-factor/two-factor.js';
import type { OpenHarness } from '../store-contract.js';
import { addSession, addSetup, NOW, useHarness, winners } from './fixtures.js';

export function describeSetupStore(open: OpenHarness): void {
  describe('set-ups', () => {
    const harness = useHarness(open);
    const { findLive, take } = {
      findLive: (sessionId: string, slot: 'PRIMARY' | 'BACKUP' | null = null, now = NOW) =>
        harness.stores.setups.findLive(sessionId, 'ENABLE', slot, now),
      take: (id: string) => harness.stores.setups.take(id),
    };

    it('finds a live one as it was stored', async () => {
      const sentCode = { slot: 'PRIMARY', codeDigest: 'digest', expiresAt: NOW + 5 } as const;
      const setup = await addSetup(harness, { sentCode, wrongCodes: 2 });
      expect(await findLive(setup.sessionId)).toEqual(setup);
      expect(await findLive(setup.sessionId, 'PRIMARY')).toEqual(setup);
    });

    it('finds none of another session, purpose or slot, and none that ran out (S20)', async () => {
      const setup = await addSetup(harness);
      const other = await addSession(harness, setup.userId);
      expect(await findLive(other.session.id)).toBeNull();
      expect(await findLive(setup.sessionId, 'BACKUP')).toBeNull();
      expect(await harness.stores.setups.findLive(setup.sessionId, 'CHANGE_PHONE', null, NOW)).toBeNull();
      expect(await findLive(setup.sessionId, null, NOW + 1_000)).toBeNull();
    });

    it('a later one takes the place of the earlier of the same session, purpose and slot', async () => {
      const first = await addSetup(harness, { wrongCodes: 3 });
      const second = await addSetup(harness, {
        userId: first.userId,
        sessionId: first.sessionId,
        sealed: 'second',
      });
      const backup = await addSetup(harness, {
        userId: first.userId,
        sessionId: first.sessionId,
        slot: 'BACKUP',
      });
      expect(await findLive(first.sessionId, 'PRIMARY')).toEqual(second);
      expect(await findLive(first.sessionId, 'BACKUP')).toEqual(backup);
      expect(await take(first.id)).toBe(false);
    });

    it('stores none for a session that has ended', async () => {
      const setup = await addSetup(harness);
      await harness.stores.sessions.end(setup.sessionId);
      expect(await harness.stores.setups.replace(setup)).toBe(false);
      expect(await findLive(setup.sessionId)).toBeNull();
    });

    it('with any slot asked for, finds the newest', async () => {
      const first = await addSetup(harness, { slot: 'BACKUP' });
      const newest = { userId: first.userId, sessionId: first.sessionId, createdAt: NOW + 1 };
      const second = await addSetup(harness, newest);
      expect(await findLive(first.sessionId)).toEqual(second);
    });

    it('20 starts at once leave one of them', async () => {
      const { userId, sessionId } = await addSetup(harness);
      const all = await Promise.all(
        Array.from({ length: 20 }, () => addSetup(harness, { userId, sessionId })),
      );
      expect(all).toContainEqual(await findLive(sessionId));
      const taken = await Promise.all(all.map(({ id }) => take(id)));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it('guessing: five wrong codes end it, counted at once as one after the other', async () => {
      const setup = await addSetup(harness);
      const guess = () => harness.stores.setups.countWrongCode(setup.id);
      await Promise.all(Array.from({ length: WRONG_CODES_A_SETUP - 1 }, guess));
      expect((await findLive(setup.sessionId))?.wrongCodes).toBe(WRONG_CODES_A_SETUP - 1);
      await guess();
      expect(await findLive(setup.sessionId)).toBeNull();
    });

    it('50 uses at once have one winner', async () => {
      const setup = await addSetup(harness);
      expect(await winners(50, () => take(setup.id))).toBe(1);
      expect(await findLive(setup.sessionId)).toBeNull();
    });

    it('ends all of one user, in every session', async () => {
      const setup = await addSetup(harness);
      const other = await addSetup(harness);
      await harness.stores.setups.endAll(setup.userId);
      expect(await findLive(setup.sessionId)).toBeNull();
      expect(await findLive(other.sessionId)).toEqual(other);
    });

    it('goes with its user', async () => {
      const setup = await addSetup(harness);
      await harness.deleteUser(setup.userId);
      expect(await take(setup.id)).toBe(false);
    });
  });
}
