import { describe, expect, it } from 'vitest';
import type { DueReminder } from '../../policy/policy-store.js';
import { DAY } from '../../ports.js';
import { noPolicy } from '../../users/user.js';
import type { OpenHarness } from '../store-contract.js';
import {
  addOrganization,
  addUser,
  newFactor,
  newId,
  newTwoFactor,
  NOW,
  useHarness,
  winners,
} from './fixtures.js';

const DEADLINE = NOW + 30 * DAY;
const policy = {
  twoFactorRequired: true,
  requiredFrom: DEADLINE,
  allowedMethods: ['TOTP'],
  trustedBrowsersAllowed: true,
};
const announced = { stage: 'ANNOUNCED', at: NOW } as const;

export function describePolicyStore(open: OpenHarness): void {
  describe('policies', () => {
    const harness = useHarness(open);
    const policies = () => harness.stores.policies;
    const replace = (id: string, version = 0) => policies().replace(id, version, policy, announced);
    /** A user with a factor of each of these kinds; the first is the preferred one. */
    async function addHolder(organizationId: string, ...kinds: [string, ...string[]]) {
      const user = await addUser(harness, { organizationId });
      const factors = kinds.map((kind) => newFactor({ kind }));
      await harness.stores.twoFactors.replace(newTwoFactor(user.id, { method: kinds[0], factors }));
      return user;
    }
    /** An organisation with this policy, and its reminder that is due. */
    async function dueOf(): Promise<{ readonly id: string; readonly due: DueReminder }> {
      const { id } = await addOrganization(harness);
      await replace(id);
      const due = (await policies().dueReminders(NOW, 100)).find((one) => one.organizationId === id);
      if (!due) throw new Error('Nothing is due.');
      return { id, due };
    }

    it('are found as they were stored, and seen by everybody in the organisation', async () => {
      const { id, organizationId, email } = await addUser(harness);
      expect(await policies().find(organizationId)).toEqual({ ...noPolicy, version: 0, reminder: null });
      expect(await replace(organizationId)).toBe(true);
      expect(await policies().find(organizationId)).toEqual({ ...policy, version: 1, reminder: announced });
      const seen = await harness.stores.users.find(id, organizationId);
      expect(seen?.organization).toMatchObject({ id: organizationId, ...policy });
      expect((await harness.stores.users.credentialsByEmail(email))?.user.organization).toMatchObject(policy);
    });

    it('of 50 that were made from one version, one is put in force', async () => {
      const { id } = await addOrganization(harness);
      expect(await winners(50, () => replace(id))).toBe(1);
      expect(await policies().find(id)).toMatchObject({ version: 1 });
      expect(await replace(id)).toBe(false);
      expect(await replace(id, 1)).toBe(true);
    });

    it('tell whose every method is ruled out, and who has none; not of those who are disabled, or elsewhere', async () => {
      const { id: organizationId } = await addOrganization(harness);
      const none = await addUser(harness, { organizationId });
      const text = await addHolder(organizationId, 'SMS');
      await addHolder(organizationId, 'TOTP');
      await addHolder(organizationId, 'SMS', 'TOTP');
      await addUser(harness, { organizationId, disabledAt: NOW });
      await addUser(harness);
      const count = (allowed: string[] | null) => policies().count(organizationId, allowed);
      expect(await count(null)).toEqual({ everybody: 4, withoutTwoFactor: 1, methodRuledOut: 0 });
      expect(await count(['TOTP'])).toEqual({ everybody: 4, withoutTwoFactor: 1, methodRuledOut: 1 });
      expect(await count(['SMS', 'TOTP'])).toMatchObject({ methodRuledOut: 0 });

      const page = (after: string | null, first = 10) =>
        policies().unprotected(organizationId, ['TOTP'], { after, first });
      const expected = [none, text]
        .map(({ id, email, name }) => ({ id, email, name, methodRuledOut: id === text.id }))
        .sort((a, b) => (a.email < b.email ? -1 : 1));
      expect(await page(null)).toEqual(expected);
      expect(await page(null, 1)).toEqual(expected.slice(0, 1));
      expect(await page(expected[0]!.email)).toEqual(expected.slice(1));
      expect(await policies().unprotected(organizationId, null, { after: null, first: 9 })).toEqual([
        { id: none.id, email: none.email, name: none.name, methodRuledOut: false },
      ]);
    });

    it('tell with a user every method that is held, where some are ruled out', async () => {
      const { id: organizationId } = await addOrganization(harness);
      const { id } = await addHolder(organizationId, 'SMS', 'TOTP');
      const find = async () => harness.stores.users.find(id, organizationId);
      expect((await find())?.heldMethods).toBeUndefined();
      await replace(organizationId);
      expect((await find())?.heldMethods?.toSorted()).toEqual(['SMS', 'TOTP']);
    });

    it('are due to be told of from their moment on, until they are finished', async () => {
      const { id, due } = await dueOf();
      expect(due).toEqual({
        ...{ organizationId: id, version: 1, requiredFrom: DEADLINE, allowedMethods: ['TOTP'] },
        reminder: announced,
      });
      const isDue = async (now: number) =>
        (await policies().dueReminders(now, 100)).some(({ organizationId }) => organizationId === id);
      expect(await isDue(NOW - 1)).toBe(false);
      const next = { stage: 'WEEK', at: DEADLINE - 7 * DAY } as const;
      expect(await policies().finish(due, next)).toBe(true);
      expect(await policies().finish(due, null)).toBe(false);
      expect(await isDue(next.at - 1)).toBe(false);
      expect(await isDue(next.at)).toBe(true);
      expect(await policies().find(id)).toMatchObject({ version: 1, reminder: next });
      expect(await policies().finish({ ...due, reminder: next }, null)).toBe(true);
      expect(await isDue(DEADLINE)).toBe(false);
    });

    it('are held for a reminder only while they are the same', async () => {
      const { id, due } = await dueOf();
      const hold = () => harness.transaction(() => policies().hold(due));
      expect(await hold()).toBe(true);
      await replace(id, 1);
      expect(await hold()).toBe(false);
      expect(await policies().finish(due, null)).toBe(false);
      await expect(policies().hold(due)).rejects.toThrow();
    });

    it('50 that would tell one person of one stage: one does', async () => {
      const { id, due } = await dueOf();
      const user = await addUser(harness, { organizationId: id });
      const claim = () => policies().claim(due, 'ANNOUNCED', user.id);
      expect(await winners(50, claim)).toBe(1);
      expect(await claim()).toBe(false);
      expect(await policies().claim(due, 'DAY', user.id)).toBe(true);
      expect(await policies().claim({ ...due, requiredFrom: DEADLINE + 1 }, 'DAY', user.id)).toBe(true);
    });

    it('of no organisation are a mistake', async () => {
      await expect(policies().find(newId())).rejects.toThrow();
    });
  });
}
