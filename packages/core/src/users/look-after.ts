import type { LiveSession } from '../session/session.js';
import { Forbidden, NotFound } from '../refusal.js';
import type { UserStore } from './user-store.js';
import type { User } from './user.js';

/** Who may look after another's account: an owner after everybody, an administrator after all but owners. Of their own account
 *  everybody has operations of their own. */
export function mayLookAfter(viewer: Pick<User, 'id' | 'role'>, user: Pick<User, 'id' | 'role'>): boolean {
  if (viewer.id === user.id) return false;
  return viewer.role === 'OWNER' || (viewer.role === 'ADMIN' && user.role !== 'OWNER');
}

/**
 * The account that an administrator names.
 *
 * @throws Forbidden to a member, and where the viewer may not look after this one
 * @throws NotFound where the organisation has no such user
 */
export async function lookedAfter(
  { users }: { readonly users: Pick<UserStore, 'find'> },
  { user: viewer }: LiveSession,
  userId: string,
): Promise<User> {
  if (viewer.role === 'MEMBER') throw new Forbidden('This is for administrators and owners.');
  const user = await users.find(userId, viewer.organization.id);
  if (user === null) throw new NotFound('There is no such user in your organisation.');
  if (!mayLookAfter(viewer, user)) throw new Forbidden('You may not do this to this account.');
  return user;
}
