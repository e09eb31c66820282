import { describe, expect, it } from 'vitest';
import type { Link } from '../../links/link.js';
import type { OpenHarness, StoreHarness } from '../store-contract.js';
import { addOrganization, addUser, newHash, newId, NOW, useHarness, winners } from './fixtures.js';

async function addLink(harness: StoreHarness, given: Partial<Link> = {}) {
  const link: Link = {
    id: newId(),
    purpose: 'PASSWORD_RESET',
    organizationId: given.organizationId ?? (await addOrganization(harness)).id,
    userId: null,
    createdBy: null,
    payload: null,
    createdAt: NOW,
    expiresAt: NOW + 1_000,
    ...given,
  };
  const tokenHash = newHash();
  await harness.stores.links.create(link, tokenHash);
  return { link, tokenHash };
}

export function describeLinkStore(open: OpenHarness): void {
  describe('one-time links', () => {
    const harness = useHarness(open);
    const { findLive, take, list } = {
      findLive: (tokenHash: string, now = NOW) =>
        harness.stores.links.findLive(tokenHash, 'PASSWORD_RESET', now),
      take: (id: string) => harness.stores.links.take(id),
      list: (organizationId: string, first = 10) =>
        harness.stores.links.list(organizationId, 'INVITATION', NOW, first),
    };

    it('finds a live one as it was stored', async () => {
      const user = await addUser(harness);
      const payload = { email: 'zoë@other.example', roles: ['MEMBER'] };
      const of = { organizationId: user.organizationId, userId: user.id, createdBy: user.id, payload };
      const { link, tokenHash } = await addLink(harness, of);
      expect(await findLive(tokenHash)).toEqual(link);
    });

    it('finds none for another purpose, and none that ran out', async () => {
      const { tokenHash } = await addLink(harness, { purpose: 'EMAIL_CHANGE' });
      expect(await findLive(tokenHash)).toBeNull();
      const old = await addLink(harness);
      expect(await findLive(old.tokenHash, NOW + 999)).not.toBeNull();
      expect(await findLive(old.tokenHash, NOW + 1_000)).toBeNull();
      expect(await findLive(newHash())).toBeNull();
    });

    it('50 uses at once have one winner', async () => {
      const { link, tokenHash } = await addLink(harness);
      expect(await winners(50, () => take(link.id))).toBe(1);
      expect(await findLive(tokenHash)).toBeNull();
    });

    it('ends those of one user and purpose', async () => {
      const user = await addUser(harness);
      const of = { organizationId: user.organizationId, userId: user.id };
      const { tokenHash } = await addLink(harness, of);
      const other = await addLink(harness, { ...of, purpose: 'EMAIL_CHANGE' });
      const { link: foreign, tokenHash: foreignHash } = await addLink(harness);
      await harness.stores.links.endAll(user.id, 'PASSWORD_RESET');
      expect(await findLive(tokenHash)).toBeNull();
      expect(await findLive(foreignHash)).toEqual(foreign);
      expect(await take(other.link.id)).toBe(true);
    });

    it('lists the live ones of an organisation, newest first', async () => {
      const { id: organizationId } = await addOrganization(harness);
      const invitation = { organizationId, purpose: 'INVITATION' } as const;
      const { link: first } = await addLink(harness, invitation);
      const { link: second } = await addLink(harness, { ...invitation, createdAt: NOW + 5 });
      await addLink(harness, { ...invitation, expiresAt: NOW });
      await addLink(harness, { organizationId });
      await addLink(harness, { purpose: 'INVITATION' });
      expect(await list(organizationId)).toEqual([second, first]);
      expect(await list(organizationId, 1)).toEqual([second]);
    });

    it('goes with its user', async () => {
      const user = await addUser(harness);
      const { link } = await addLink(harness, { organizationId: user.organizationId, userId: user.id });
      await harness.deleteUser(user.id);
      expect(await take(link.id)).toBe(false);
    });
  });
}
