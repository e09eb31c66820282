import { BadInput, Forbidden } from '../refusal.js';
import type { UserFilter, UserPage, UserPageQuery, UserStore } from './user-store.js';
import type { User } from './user.js';

/** In UTF-16 units, and longer than any name or email. What is longer finds nobody, and is not compared: a body of 256 KiB would
 *  be taken apart for each of a hundred aliases. */
const LONGEST_SEARCH = 1_000;

export type ListUsersInput = Omit<UserPageQuery, 'organization'>;

export interface ListedUsers extends UserPage {
  /** Counts on demand: a caller that does not ask for it does not pay for it. */
  total(): Promise<number>;
}

/** users: a page of the viewer's organisation (S5). Who is protected, only ADMIN and OWNER may filter by. */
export function listUsers(deps: { readonly users: UserStore }) {
  return async (viewer: User, input: ListUsersInput): Promise<ListedUsers> => {
    if (input.first < 1 || input.first > 100) throw new BadInput('first must be from 1 to 100.');
    if (input.twoFactorEnabled !== null && viewer.role === 'MEMBER') {
      throw new Forbidden('The filter twoFactorEnabled is for administrators and owners.');
    }
    const { organization } = viewer;
    const { search, twoFactorEnabled } = input;
    if (search !== null && search.length > LONGEST_SEARCH)
      return { users: [], hasNextPage: false, total: () => Promise.resolve(0) };
    const filter: UserFilter = { organization, search, twoFactorEnabled };
    const page = await deps.users.page({ ...input, organization });
    return { ...page, total: () => deps.users.count(filter) };
  };
}
