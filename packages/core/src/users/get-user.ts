import type { UserStore } from './user-store.js';
import type { User } from './user.js';

/** user: one of the viewer's organisation; null where there is none that the viewer may see. */
export function getUser(deps: { readonly users: UserStore }) {
  return (viewer: User, id: string): Promise<User | null> =>
    id === viewer.id ? Promise.resolve(viewer) : deps.users.find(id, viewer.organization.id);
}
