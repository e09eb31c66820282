import { describe, expect, it } from 'vitest';
import type { OpenHarness } from '../store-contract.js';
import { newId, NOW, useHarness } from './fixtures.js';

export function describeLimitStore(open: OpenHarness): void {
  describe('limits', () => {
    const harness = useHarness(open);
    const save = (key: string, state: unknown) =>
      harness.transaction(() => harness.stores.limits.save(key, state, NOW + 1_000));
    const lock = (...keys: string[]) => harness.transaction(() => harness.stores.limits.lock(keys));

    it('keeps the state as it was saved, and answers in the order asked', async () => {
      const [first, second, missing] = [newId(), newId(), newId()];
      const state = { failures: 3, lockedUntil: null, at: NOW, name: 'Zoë "🙂" \\' };
      await save(first, state);
      await save(second, [1, 2]);
      expect(await harness.stores.limits.peek(first)).toEqual(state);
      expect(await lock(second, missing, first)).toEqual([[1, 2], null, state]);
      expect(await lock(first, first)).toEqual([state, state]);
      expect(await lock()).toEqual([]);
    });

    it('answers null where there is none, also after a lock that saved nothing', async () => {
      const key = newId();
      expect(await lock(key)).toEqual([null]);
      expect(await harness.stores.limits.peek(key)).toBeNull();
      expect(await lock(key)).toEqual([null]);
    });

    it('replaces, and deletes with null', async () => {
      const key = newId();
      await save(key, 1);
      await save(key, 2);
      expect(await harness.stores.limits.peek(key)).toBe(2);
      await save(key, null);
      expect(await harness.stores.limits.peek(key)).toBeNull();
      expect(await lock(key)).toEqual([null]);
    });

    it('tells keys apart that differ in case alone', async () => {
      const key = newId();
      await save(`${key}a`, 1);
      expect(await harness.stores.limits.peek(`${key}A`)).toBeNull();
    });

    it('refuses to lock outside of a transaction', async () => {
      await expect(harness.stores.limits.lock([newId()])).rejects.toThrow(/transaction/);
    });

    it('guessing: 50 attempts at once are all counted', async () => {
      const key = newId();
      await Promise.all(Array.from({ length: 50 }, () => count([key])));
      expect(await harness.stores.limits.peek(key)).toBe(50);
    });

    it('guessing: 50 attempts at once on two counters, asked for in either order, are all counted', async () => {
      const [a, b] = [newId(), newId()];
      await Promise.all(Array.from({ length: 50 }, (_, i) => count(i % 2 === 0 ? [a, b] : [b, a])));
      expect(await Promise.all([a, b].map((key) => harness.stores.limits.peek(key)))).toEqual([50, 50]);
    });

    it('a limit of ten lets ten of 50 at once through', async () => {
      const key = newId();
      const attempts = Array.from({ length: 50 }, () =>
        harness.transaction(async () => {
          const [used] = await harness.stores.limits.lock([key]);
          if (Number(used ?? 0) >= 10) return false;
          await harness.stores.limits.save(key, Number(used ?? 0) + 1, NOW);
          return true;
        }),
      );
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(10);
    });

    it('deleting and counting at once lose nothing of what came after', async () => {
      const key = newId();
      await save(key, 5);
      await Promise.all([save(key, null), ...Array.from({ length: 10 }, () => count([key]))]);
      const left = await harness.stores.limits.peek(key);
      // However many came before the deletion, the rest is counted from nothing.
      expect(left === null || (typeof left === 'number' && left <= 10)).toBe(true);
      await save(key, null);
      await count([key]);
      expect(await harness.stores.limits.peek(key)).toBe(1);
    });

    function count(keys: string[]): Promise<void> {
      return harness.transaction(async () => {
        const states = await harness.stores.limits.lock(keys);
        for (const [i, key] of keys.entries()) {
          await harness.stores.limits.save(key, Number(states[i] ?? 0) + 1, NOW + 1_000);
        }
      });
    }
  });
}
