import type { UserOrderField } from './user-store.js';
import type { User } from './user.js';
import { sortKey } from './user.js';

/** What a user is ordered by: the same value in the database, in memory and in a cursor. */
export function orderValue(user: User, field: UserOrderField): string | number | null {
  switch (field) {
    case 'NAME':
      return sortKey(user.name);
    case 'EMAIL':
      return user.email;
    case 'ROLE':
      return user.role;
    case 'LAST_SIGN_IN_AT':
      return user.lastSignInAt;
  }
}
