import { describe, expect, it } from 'vitest';
import { fail } from '../../result.js';
import type { OpenHarness } from '../store-contract.js';
import {
  addChallenge,
  addProtectedUser,
  addSession,
  addUser,
  newFactor,
  newId,
  NOW,
  useHarness,
} from './fixtures.js';

export function describeTransaction(open: OpenHarness): void {
  describe('the transaction', () => {
    const harness = useHarness(open);

    it('answers what the work answers, and commits a Problem too', async () => {
      const user = await addUser(harness);
      const result = await harness.transaction(async () => {
        await harness.stores.users.setLastSignInAt(user.id, NOW + 1);
        return fail('INVALID_CODE');
      });
      expect(result).toMatchObject({ ok: false, problem: { code: 'INVALID_CODE' } });
      expect((await harness.stores.users.credentialsById(user.id))?.user.lastSignInAt).toBe(NOW + 1);
    });

    it('an exception leaves nothing behind, in any table', async () => {
      const { user, twoFactor } = await addProtectedUser(harness);
      const { challenge, tokenHash } = await addChallenge(harness, user.id);
      const key = newId();
      const failure = new Error('in the middle');
      const work = async () => {
        await harness.stores.challenges.take(challenge.id);
        await harness.stores.limits.lock([key]);
        await harness.stores.limits.save(key, 1, NOW);
        await harness.stores.twoFactors.saveFactor(user.id, newFactor({ kind: 'SMS' }));
        await harness.stores.twoFactors.delete(user.id);
        await addSession(harness, user.id);
        await harness.stores.users.setPasswordHash(user.id, 'changed', NOW);
        throw failure;
      };
      await expect(harness.transaction(work)).rejects.toBe(failure);
      expect(await harness.stores.challenges.findLive(tokenHash, NOW)).not.toBeNull();
      expect(await harness.stores.limits.peek(key)).toBeNull();
      expect(await harness.stores.twoFactors.find(user.id)).toEqual(twoFactor);
      expect((await harness.stores.users.credentialsById(user.id))?.passwordHash).toBe('hash');
      expect(await harness.stores.sessions.endAll(user.id, null, NOW)).toBe(0);
    });

    it('sees its own writes, and nobody else does before it commits', async () => {
      const user = await addUser(harness);
      const signedIn = async () => (await harness.stores.users.credentialsById(user.id))?.user.lastSignInAt;
      let written: () => void = () => undefined;
      let seen: () => void = () => undefined;
      const isWritten = new Promise<void>((resolve) => (written = resolve));
      const isSeen = new Promise<void>((resolve) => (seen = resolve));
      const writing = harness.transaction(async () => {
        await harness.stores.users.setLastSignInAt(user.id, NOW);
        const own = await signedIn();
        written();
        await isSeen;
        return own;
      });
      await isWritten;
      expect(await signedIn()).toBeNull();
      seen();
      expect(await writing).toBe(NOW);
      expect(await signedIn()).toBe(NOW);
    });

    it('within another one is part of it', async () => {
      const user = await addUser(harness);
      const outer = harness.transaction(async () => {
        await harness.transaction(() => harness.stores.users.setLastSignInAt(user.id, NOW));
        throw new Error('after the inner one');
      });
      await expect(outer).rejects.toThrow('after the inner one');
      expect((await harness.stores.users.credentialsById(user.id))?.user.lastSignInAt).toBeNull();
    });

    it('50 at once all commit, each with its two rows', async () => {
      const user = await addUser(harness);
      const before = await harness.stores.sessions.endAll(user.id, null, NOW);
      expect(before).toBe(0);
      const work = async (i: number) => {
        await addSession(harness, user.id);
        await addSession(harness, user.id);
        if (i % 5 === 0) throw new Error('every fifth');
      };
      const done = await Promise.allSettled(
        Array.from({ length: 50 }, (_, i) => harness.transaction(() => work(i))),
      );
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
      expect(await harness.stores.sessions.endAll(user.id, null, NOW)).toBe(80);
    });

    it('a statement that was not awaited is refused after the end', async () => {
      const user = await addUser(harness);
      let late: Promise<void> = Promise.resolve();
      let go: () => void = () => undefined;
      const isOver = new Promise<void>((resolve) => (go = resolve));
      await harness.transaction(() => {
        late = isOver.then(() => harness.stores.users.setLastSignInAt(user.id, NOW));
        return Promise.resolve();
      });
      go();
      await expect(late).rejects.toThrow(/not awaited/);
      expect((await harness.stores.users.credentialsById(user.id))?.user.lastSignInAt).toBeNull();
    });
  });
}
