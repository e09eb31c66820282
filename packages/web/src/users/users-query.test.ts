import { describe, expect, it } from 'vitest';
import { queryOf, variablesOf, viewOf } from './users-query.js';

const plain = {
  search: '',
  sort: 'name',
  descending: false,
  withoutTwoFactor: false,
  after: null,
  page: 1,
} as const;

describe('the users list in the address', () => {
  it('is the first page by name where the address says nothing', () => {
    expect(viewOf({})).toEqual(plain);
    expect(queryOf(plain)).toEqual({});
  });

  it('is the same after it was written and read', () => {
    const view = {
      search: 'mia',
      sort: 'last-sign-in',
      descending: true,
      withoutTwoFactor: true,
      after: 'cursor',
      page: 3,
    } as const;
    const query = Object.fromEntries(
      Object.entries(queryOf(view)).map(([key, value]) => [key, String(value)]),
    );
    expect(viewOf(query)).toEqual(view);
  });

  it('falls back where the address is wrong', () => {
    expect(viewOf({ sort: 'constructor', page: '-2', order: 'sideways', search: ['a', 'b'] })).toEqual(plain);
    expect(viewOf({ page: '4' }).page).toBe(1);
  });

  it('asks for 25 in the order shown', () => {
    expect(variablesOf({ ...plain, sort: 'role', descending: true }, true)).toEqual({
      first: 25,
      after: null,
      search: null,
      twoFactorEnabled: null,
      orderBy: { field: 'ROLE', direction: 'DESC' },
    });
  });

  it('does not send the filter for a member, whom the API would refuse', () => {
    const filtered = { ...plain, withoutTwoFactor: true };
    expect(variablesOf(filtered, true).twoFactorEnabled).toBe(false);
    expect(variablesOf(filtered, false).twoFactorEnabled).toBeNull();
  });
});
