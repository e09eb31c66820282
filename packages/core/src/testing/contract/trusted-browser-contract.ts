import { describe, expect, it } from 'vitest';
import type { KeptTrust } from '../../trusted-browsers/trusted-browser.js';
import type { OpenHarness, StoreHarness } from '../store-contract.js';
import { addUser, newHash, newId, NOW, useHarness, winners } from './fixtures.js';

async function addTrust(harness: StoreHarness, given: Partial<KeptTrust> = {}): Promise<KeptTrust> {
  const user = given.userId === undefined ? await addUser(harness) : null;
  const trust: KeptTrust = {
    id: newId(),
    userId: user?.id ?? '',
    organizationId: user?.organizationId ?? '',
    device: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0',
    address: '192.0.2.7',
    createdAt: NOW,
    lastUsedAt: NOW,
    expiresAt: NOW + 1_000,
    tokenHash: newHash(),
    previousHash: null,
    rotatedAt: NOW,
    ...given,
  };
  await harness.stores.trustedBrowsers.save(trust);
  return trust;
}

const shown = ({ tokenHash, previousHash, rotatedAt, ...trust }: KeptTrust) => {
  void [tokenHash, previousHash, rotatedAt];
  return trust;
};

export function describeTrustedBrowserStore(open: OpenHarness): void {
  describe('trusted browsers', () => {
    const harness = useHarness(open);
    const find = (id: string, userId: string) => harness.stores.trustedBrowsers.find(id, userId);
    const list = (userId: string, since = 0, now = NOW) =>
      harness.stores.trustedBrowsers.list(userId, since, now);

    it('finds one as it was saved, for its user alone', async () => {
      const trust = await addTrust(harness, { previousHash: newHash() });
      expect(await find(trust.id, trust.userId)).toEqual(trust);
      expect(await find(trust.id, (await addUser(harness)).id)).toBeNull();
      expect(await find(newId(), trust.userId)).toBeNull();
    });

    it('saved again, it takes the place of the one before', async () => {
      const trust = await addTrust(harness);
      const again = await addTrust(harness, { ...trust, tokenHash: newHash(), createdAt: NOW + 1 });
      expect(await find(trust.id, trust.userId)).toEqual(again);
      expect(await list(trust.userId)).toHaveLength(1);
    });

    it('50 uses at once change its token once', async () => {
      const trust = await addTrust(harness);
      const used = { ...trust, tokenHash: newHash(), previousHash: trust.tokenHash, lastUsedAt: NOW + 1 };
      expect(await winners(50, () => harness.stores.trustedBrowsers.use(trust.tokenHash, used))).toBe(1);
      expect(await find(trust.id, trust.userId)).toEqual(used);
    });

    it('a use that changes no token is written down each time, and never after its end', async () => {
      const trust = await addTrust(harness);
      const use = () => harness.stores.trustedBrowsers.use(trust.tokenHash, trust);
      expect([await use(), await use()]).toEqual([true, true]);
      expect(await winners(50, () => harness.stores.trustedBrowsers.end(trust.userId, trust.id))).toBe(1);
      expect(await use()).toBe(false);
    });

    it('lists those of a user that count, the one used last first, without what is compared', async () => {
      const old = await addTrust(harness);
      const of = { userId: old.userId, organizationId: old.organizationId };
      const used = await addTrust(harness, { ...of, lastUsedAt: NOW + 5 });
      await addTrust(harness, { ...of, createdAt: NOW - 1 });
      await addTrust(harness, { ...of, expiresAt: NOW });
      await addTrust(harness);
      expect(await list(old.userId, NOW)).toEqual([shown(used), shown(old)]);
    });

    it('keeps those that were used last', async () => {
      const first = await addTrust(harness);
      const of = { userId: first.userId, organizationId: first.organizationId };
      const second = await addTrust(harness, { ...of, lastUsedAt: NOW + 1 });
      const third = await addTrust(harness, { ...of, lastUsedAt: NOW + 2 });
      const foreign = await addTrust(harness);
      await harness.stores.trustedBrowsers.keepNewest(first.userId, 2);
      expect(await list(first.userId)).toEqual([shown(third), shown(second)]);
      expect(await list(foreign.userId)).toHaveLength(1);
    });

    it('ends one, all of a user, and all of an organisation', async () => {
      const one = await addTrust(harness);
      const of = { userId: one.userId, organizationId: one.organizationId };
      await addTrust(harness, of);
      const colleague = await addUser(harness, { organizationId: one.organizationId });
      await addTrust(harness, { ...of, userId: colleague.id });
      const foreign = await addTrust(harness);
      const { end, endAll, endAllIn } = harness.stores.trustedBrowsers;

      expect(await end(foreign.userId, one.id)).toBe(false);
      expect(await end(one.userId, one.id)).toBe(true);
      expect(await endAll(one.userId)).toBe(1);
      expect(await list(colleague.id)).toHaveLength(1);
      await endAllIn(one.organizationId);
      expect(await list(colleague.id)).toEqual([]);
      expect(await list(foreign.userId)).toHaveLength(1);
    });

    it('goes with its user', async () => {
      const trust = await addTrust(harness);
      await harness.deleteUser(trust.userId);
      expect(await find(trust.id, trust.userId)).toBeNull();
    });
  });
}
