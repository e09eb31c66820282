import { expect, it } from 'vitest';
import type { UserStore } from './user-store.js';
import { listUsers } from './list-users.js';
import type { User } from './user.js';

const query = { first: 10, after: null, twoFactorEnabled: null } as const;
const orderBy = { field: 'NAME', direction: 'ASC' } as const;
const viewer = { role: 'MEMBER', organization: { id: 'o' } } as User;

it('threat: a search of a hundred thousand characters costs nothing: it finds nobody, and the store is not asked', async () => {
  let asked = 0;
  const store = {
    page: () => Promise.resolve({ users: [viewer], hasNextPage: (asked += 1) < 0 }),
    count: () => Promise.resolve((asked += 1)),
  } as unknown as UserStore;
  const find = listUsers({ users: store });
  const long = await find(viewer, { ...query, orderBy, search: '\ufdfa'.repeat(100_000) });
  expect([long.users, long.hasNextPage, await long.total(), asked]).toEqual([[], false, 0, 0]);
  const short = await find(viewer, { ...query, orderBy, search: 'x'.repeat(1_000) });
  expect([short.users.length, asked]).toEqual([1, 1]);
});
