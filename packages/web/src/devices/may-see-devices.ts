import type { Role } from '@twofold/contract/graphql';

interface Person {
  readonly id: string;
  readonly role: Role;
}

/** Whether there is anything to show: the own devices, and those of people whom the viewer looks after. The API decides. */
export function maySeeDevicesOf(viewer: Person, user: Person): boolean {
  if (viewer.id === user.id || viewer.role === 'OWNER') return true;
  return viewer.role === 'ADMIN' && user.role !== 'OWNER';
}
