import type { UserOrderField, UsersQueryVariables } from '@twofold/contract/graphql';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';

export const PAGE_SIZE = 25;

/** The columns that can be sorted, as they stand in the URL. */
export const sortFields = {
  name: 'NAME',
  email: 'EMAIL',
  role: 'ROLE',
  'last-sign-in': 'LAST_SIGN_IN_AT',
} as const satisfies Record<string, UserOrderField>;
export type SortKey = keyof typeof sortFields;

/** What the address says about the list, so that a reload, a link and Back show the same people. */
export interface UsersView {
  readonly search: string;
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly withoutTwoFactor: boolean;
  readonly after: string | null;
  /** From 1; only counts along, `after` decides. */
  readonly page: number;
}

/** Reads the address; what it does not say or says wrongly falls back to the first page by name. */
export function viewOf(query: LocationQuery): UsersView {
  const one = (key: string) => (typeof query[key] === 'string' ? query[key] : '');
  const page = Number(one('page'));
  const after = one('after');
  return {
    search: one('search'),
    sort: Object.hasOwn(sortFields, one('sort')) ? (one('sort') as SortKey) : 'name',
    descending: one('order') === 'desc',
    withoutTwoFactor: one('filter') === 'without-two-factor',
    after: after || null,
    page: after && Number.isInteger(page) && page > 1 ? page : 1,
  };
}

/** Writes it back; defaults are left out, so that the plain list has a plain address. */
export function queryOf(view: UsersView): LocationQueryRaw {
  return {
    ...(view.search && { search: view.search }),
    ...(view.sort !== 'name' && { sort: view.sort }),
    ...(view.descending && { order: 'desc' }),
    ...(view.withoutTwoFactor && { filter: 'without-two-factor' }),
    ...(view.after && { after: view.after, page: view.page }),
  };
}

/** The question to the API. A member may not filter by two-factor, whatever the address says. */
export function variablesOf(view: UsersView, mayFilter: boolean): UsersQueryVariables {
  return {
    first: PAGE_SIZE,
    after: view.after,
    search: view.search || null,
    twoFactorEnabled: view.withoutTwoFactor && mayFilter ? false : null,
    orderBy: { field: sortFields[view.sort], direction: view.descending ? 'DESC' : 'ASC' },
  };
}
