import { beforeAll, describe, expect, it } from 'vitest';
import type { UserFilter, UserPageQuery } from '../../users/user-store.js';
import { orderValue } from '../../users/user-order.js';
import type { User } from '../../users/user.js';
import type { OpenHarness } from '../store-contract.js';
import { addOrganization, addUser, newTwoFactor, NOW, useHarness } from './fixtures.js';

const names = [
  ['Émile', 'zed@page.example', 'OWNER', NOW],
  ['emil', 'young@page.example', 'MEMBER', null],
  ['EMILIA', 'xaver@page.example', 'ADMIN', NOW - 5],
  ['anna 100%', 'anna_b@page.example', 'MEMBER', null],
  ['anna', 'annaxb@page.example', 'MEMBER', NOW],
  ['anna', 'anna.c@page.example', 'MEMBER', NOW + 5],
  ['back\\slash', 'back@page.example', 'MEMBER', null],
  ['Ωmega', 'omega@page.example', 'ADMIN', NOW - 5],
  ['😀 smile', 'smile@page.example', 'MEMBER', 0],
  ['ﬀ ligature', 'ligature@page.example', 'MEMBER', null],
] as const;

export function describeUsersPage(open: OpenHarness): void {
  describe('the page of users', () => {
    const harness = useHarness(open);
    let filter: UserFilter;

    beforeAll(async () => {
      const organization = await addOrganization(harness);
      const organizationId = organization.id;
      filter = { organization, search: null, twoFactorEnabled: null };
      for (const [name, email, role, lastSignInAt] of names) {
        const user = await addUser(harness, { organizationId, name, email, role, lastSignInAt });
        if (name === 'anna') await harness.stores.twoFactors.replace(newTwoFactor(user.id));
      }
      await addUser(harness, { name: 'anna of another organisation' });
    });

    const byName = { field: 'NAME', direction: 'ASC' } as const;
    const page = (query: Partial<UserPageQuery>) =>
      harness.stores.users.page({ ...filter, orderBy: byName, first: 100, after: null, ...query });

    /** All pages of this size, one after the other, by the cursor that the rules make. */
    async function walk(query: Partial<UserPageQuery>, first: number): Promise<User[]> {
      const users: User[] = [];
      let after: UserPageQuery['after'] = null;
      for (let hasNextPage = true; hasNextPage;) {
        const next = await page({ ...query, first, after });
        users.push(...next.users);
        const last = next.users.at(-1);
        if (last) after = { value: orderValue(last, (query.orderBy ?? byName).field), id: last.id };
        hasNextPage = next.hasNextPage;
        expect(next.users.length).toBe(hasNextPage ? first : next.users.length);
        expect(users.length).toBeLessThanOrEqual(20);
      }
      return users;
    }

    const emails = (users: readonly User[]) => users.map(({ email }) => email.replace('@page.example', ''));

    it('S5: lists the organisation alone, by name without case and accents, then by id', async () => {
      const { users, hasNextPage } = await page({});
      expect(emails(users)).toEqual([
        'annaxb',
        'anna.c',
        'anna_b',
        'back',
        'young',
        'zed',
        'xaver',
        'ligature',
        'omega',
        'smile',
      ]);
      expect(hasNextPage).toBe(false);
    });

    it('turns the names round and keeps equal ones by id ascending', async () => {
      const { users } = await page({ orderBy: { field: 'NAME', direction: 'DESC' } });
      expect(emails(users)).toEqual([
        'smile',
        'omega',
        'ligature',
        'xaver',
        'zed',
        'young',
        'back',
        'anna_b',
        'annaxb',
        'anna.c',
      ]);
    });

    it('orders by email and by role', async () => {
      const byEmail = await page({ orderBy: { field: 'EMAIL', direction: 'ASC' } });
      expect(emails(byEmail.users)).toEqual(emails([...byEmail.users]).sort());
      const byRole = await page({ orderBy: { field: 'ROLE', direction: 'ASC' } });
      expect(emails(byRole.users).slice(0, 2)).toEqual(['xaver', 'omega']);
      expect(byRole.users.at(-1)?.role).toBe('OWNER');
    });

    it('orders by the last sign-in with those who never signed in last, in both directions', async () => {
      const ascending = await page({ orderBy: { field: 'LAST_SIGN_IN_AT', direction: 'ASC' } });
      expect(emails(ascending.users)).toEqual([
        'smile',
        'xaver',
        'omega',
        'zed',
        'annaxb',
        'anna.c',
        'young',
        'anna_b',
        'back',
        'ligature',
      ]);
      const descending = await page({ orderBy: { field: 'LAST_SIGN_IN_AT', direction: 'DESC' } });
      expect(emails(descending.users)).toEqual([
        'anna.c',
        'zed',
        'annaxb',
        'xaver',
        'omega',
        'smile',
        'young',
        'anna_b',
        'back',
        'ligature',
      ]);
    });

    it.each(['NAME', 'EMAIL', 'ROLE', 'LAST_SIGN_IN_AT'] as const)(
      'by %s, page after page is the whole list: nobody twice, nobody missing',
      async (field) => {
        for (const direction of ['ASC', 'DESC'] as const) {
          const whole = await page({ orderBy: { field, direction } });
          for (const first of [1, 3, 5, 10]) {
            expect(emails(await walk({ orderBy: { field, direction } }, first))).toEqual(emails(whole.users));
          }
        }
      },
    );

    it.each([
      ['ann', ['annaxb', 'anna.c', 'anna_b']],
      [' ÉMIL ', ['young', 'zed', 'xaver']],
      ['AVER@PAGE', ['xaver']],
      ['%', ['anna_b']],
      ['_', ['anna_b']],
      ['\\', ['back']],
      ["'", []],
      ['😀', ['smile']],
      ['ff l', ['ligature']],
      ['ωM', ['omega']],
      ['nobody at all', []],
    ])('searches for %s in name and email, each character as it is', async (search, expected) => {
      expect(emails((await page({ search })).users)).toEqual(expected);
      expect(await harness.stores.users.count({ ...filter, search })).toBe(expected.length);
    });

    it('searches for more than anybody would type, to the last character', async () => {
      const organization = await addOrganization(harness);
      const organizationId = organization.id;
      for (const end of ['one', 'two'])
        await addUser(harness, { organizationId, name: `a name of the very same beginning: ${end}` });
      const found = async (search: string) =>
        (await page({ organization, search })).users.map(({ name }) => name.slice(-3));
      expect(await found('NAME OF THE VERY SAME BEGINNING')).toEqual(['one', 'two']);
      expect(await found('name of the very same beginning: tw')).toEqual(['two']);
      expect(await found('name of the very same beginning: three')).toEqual([]);
    });

    it('finds the same, in the same order, where a search is met in a thousand places', async () => {
      const organization = await addOrganization(harness);
      const organizationId = organization.id;
      const everywhere = Array.from({ length: 66 }, (_, i) => `q${String(i)}`).join('');
      const ids = [];
      for (let i = 0; i < 20; i++) {
        const name = `${String(20 - i).padStart(2, '0')} ${everywhere}`;
        const lastSignInAt = i % 3 === 0 ? null : NOW + i;
        ids.push((await addUser(harness, { organizationId, name, lastSignInAt })).id);
      }
      await addUser(harness, { organizationId, name: 'somebody else', email: 'somebody@page.example' });
      const walked = async (orderBy: UserPageQuery['orderBy']) =>
        (await walk({ organization, search: 'Q', orderBy }, 7)).map(({ id }) => id);
      expect(await walked(byName)).toEqual([...ids].reverse());
      const bySignIn = await walked({ field: 'LAST_SIGN_IN_AT', direction: 'DESC' });
      expect(bySignIn.slice(0, 13)).toEqual(ids.filter((_, i) => i % 3 !== 0).reverse());
      expect([...bySignIn].sort()).toEqual([...ids].sort());
      expect(await harness.stores.users.count({ ...filter, organization, search: 'q' })).toBe(20);
      expect(await harness.stores.users.count({ ...filter, organization, search: 'q65' })).toBe(20);
    });

    it('an empty search finds all', async () => {
      expect((await page({ search: '  ' })).users).toHaveLength(names.length);
    });

    it('finds those with two-factor, and those without', async () => {
      expect(emails((await page({ twoFactorEnabled: true })).users)).toEqual(['annaxb', 'anna.c']);
      expect((await page({ twoFactorEnabled: false })).users).toHaveLength(names.length - 2);
      expect(await harness.stores.users.count({ ...filter, twoFactorEnabled: true })).toBe(2);
      expect(await harness.stores.users.count({ ...filter, twoFactorEnabled: false })).toBe(names.length - 2);
      expect(await harness.stores.users.count(filter)).toBe(names.length);
    });

    it('pages within a search and a filter', async () => {
      const query = { search: 'anna', twoFactorEnabled: true } as const;
      expect(emails(await walk(query, 1))).toEqual(['annaxb', 'anna.c']);
    });
  });
}
