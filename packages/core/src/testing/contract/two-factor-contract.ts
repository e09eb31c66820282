import { describe, expect, it } from 'vitest';
import type { OpenHarness } from '../store-contract.js';
import {
  addProtectedUser,
  addUser,
  newFactor,
  newHash,
  newTwoFactor,
  NOW,
  useHarness,
  winners,
} from './fixtures.js';

export function describeTwoFactorStore(open: OpenHarness): void {
  describe('two-factor authentication', () => {
    const harness = useHarness(open);
    const find = (userId: string) => harness.stores.twoFactors.find(userId);

    it('is stored as given, factors oldest first', async () => {
      const older = newFactor({ kind: 'SMS', slot: 'BACKUP', createdAt: NOW - 1, sealed: 'older' });
      const newer = newFactor({ usedStep: 59_787_360 });
      const { user, twoFactor } = await addProtectedUser(harness, {
        lastUsedAt: NOW + 1,
        factors: [newer, older],
      });
      expect(await find(user.id)).toEqual({ ...twoFactor, factors: [older, newer] });
    });

    it('is off where there is none', async () => {
      expect(await find((await addUser(harness)).id)).toBeNull();
    });

    it('S26: another method takes the place of all that was there', async () => {
      const { user } = await addProtectedUser(harness);
      const replacement = newTwoFactor(user.id, { method: 'SMS', factors: [newFactor({ kind: 'SMS' })] });
      await harness.stores.twoFactors.replace(replacement);
      expect(await find(user.id)).toEqual(replacement);
    });

    it('20 replacements at once leave one of them, whole', async () => {
      const user = await addUser(harness);
      const all = Array.from({ length: 20 }, (_, i) =>
        newTwoFactor(user.id, {
          enabledAt: NOW + i,
          factors: [newFactor(), newFactor({ kind: 'SMS', createdAt: NOW + 1 })],
        }),
      );
      await Promise.all(all.map((one) => harness.stores.twoFactors.replace(one)));
      expect(all).toContainEqual(await find(user.id));
    });

    it('S27, S36: a factor is added, and takes the place of the one of its kind and slot', async () => {
      const { user, twoFactor } = await addProtectedUser(harness);
      const [app] = twoFactor.factors;
      const first = newFactor({ kind: 'SMS', slot: 'BACKUP', createdAt: NOW + 1, usedStep: 3 });
      const second = newFactor({ kind: 'SMS', slot: 'BACKUP', createdAt: NOW + 2, sealed: 'second' });
      expect(await harness.stores.twoFactors.saveFactor(user.id, first)).toBe(true);
      expect((await find(user.id))?.factors).toEqual([app, first]);
      expect(await harness.stores.twoFactors.saveFactor(user.id, second)).toBe(true);
      expect((await find(user.id))?.factors).toEqual([app, second]);
      await harness.stores.twoFactors.removeFactor(user.id, 'SMS', 'PRIMARY');
      expect((await find(user.id))?.factors).toEqual([app, second]);
      await harness.stores.twoFactors.removeFactor(user.id, 'SMS', 'BACKUP');
      expect((await find(user.id))?.factors).toEqual([app]);
    });

    it('20 phones saved at once leave one of them', async () => {
      const { user } = await addProtectedUser(harness);
      const phones = Array.from({ length: 20 }, () => newFactor({ kind: 'SMS', createdAt: NOW + 1 }));
      await Promise.all(phones.map((phone) => harness.stores.twoFactors.saveFactor(user.id, phone)));
      const factors = (await find(user.id))?.factors ?? [];
      expect(factors).toHaveLength(2);
      expect(phones).toContainEqual(factors[1]);
    });

    it('a factor is refused where it is off, also within a transaction that goes on', async () => {
      const user = await addUser(harness);
      expect(await harness.stores.twoFactors.saveFactor(user.id, newFactor())).toBe(false);
      await harness.transaction(async () => {
        expect(await harness.stores.twoFactors.saveFactor(user.id, newFactor())).toBe(false);
        await harness.stores.users.setLastSignInAt(user.id, NOW);
      });
      expect((await harness.stores.users.credentialsById(user.id))?.user.lastSignInAt).toBe(NOW);
      expect(await find(user.id)).toBeNull();
    });

    it('a replayed code: a step counts once, and no older one after it', async () => {
      const { twoFactor } = await addProtectedUser(harness);
      const id = twoFactor.factors[0]?.id ?? '';
      expect(await harness.stores.twoFactors.useStep(id, 100)).toBe(true);
      expect(await harness.stores.twoFactors.useStep(id, 100)).toBe(false);
      expect(await harness.stores.twoFactors.useStep(id, 99)).toBe(false);
      expect(await harness.stores.twoFactors.useStep(id, 101)).toBe(true);
      expect(await harness.stores.twoFactors.useStep('no factor', 1)).toBe(false);
      expect((await find(twoFactor.userId))?.factors[0]?.usedStep).toBe(101);
    });

    it('a replayed code: 50 uses of one step at once have one winner', async () => {
      const { twoFactor } = await addProtectedUser(harness);
      const id = twoFactor.factors[0]?.id ?? '';
      expect(await winners(50, () => harness.stores.twoFactors.useStep(id, 7))).toBe(1);
    });

    it('stores the last use, and a new recovery code', async () => {
      const { user, twoFactor } = await addProtectedUser(harness);
      await harness.stores.twoFactors.setLastUsedAt(user.id, NOW + 9);
      expect(await harness.stores.twoFactors.replaceRecoveryCode(user.id, 'new code', NOW + 8)).toBe(true);
      expect(await find(user.id)).toEqual({
        ...twoFactor,
        lastUsedAt: NOW + 9,
        recoveryCodeHash: 'new code',
        recoveryCodeCreatedAt: NOW + 8,
      });
      const off = await addUser(harness);
      expect(await harness.stores.twoFactors.replaceRecoveryCode(off.id, newHash(), NOW)).toBe(false);
    });

    it('S30: off, it is gone with its factors, and on again it starts with none', async () => {
      const { user } = await addProtectedUser(harness);
      expect(await harness.stores.twoFactors.delete(user.id)).toBe(true);
      expect(await harness.stores.twoFactors.delete(user.id)).toBe(false);
      expect(await find(user.id)).toBeNull();
      await harness.stores.twoFactors.replace(newTwoFactor(user.id, { factors: [] }));
      expect((await find(user.id))?.factors).toEqual([]);
    });

    it('S39, S41: with a recovery code it goes off for the one in force alone', async () => {
      const { user, twoFactor } = await addProtectedUser(harness, { recoveryCodeHash: 'CodeHash' });
      expect(await harness.stores.twoFactors.delete(user.id, 'codehash')).toBe(false);
      expect(await find(user.id)).toEqual(twoFactor);
      expect(await harness.stores.twoFactors.delete(user.id, 'CodeHash')).toBe(true);
    });

    it('S39: 50 uses of the recovery code at once have one winner', async () => {
      const { user, twoFactor } = await addProtectedUser(harness);
      const use = () =>
        harness.transaction(() => harness.stores.twoFactors.delete(user.id, twoFactor.recoveryCodeHash));
      expect(await winners(50, use)).toBe(1);
    });

    it('goes with its user, and begins for none who is not there', async () => {
      const { user } = await addProtectedUser(harness);
      await harness.deleteUser(user.id);
      expect(await find(user.id)).toBeNull();
      await expect(harness.stores.twoFactors.replace(newTwoFactor(user.id))).rejects.toThrow();
    });
  });
}
