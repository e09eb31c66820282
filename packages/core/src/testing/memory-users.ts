import type { Credentials, UserFilter, UserPageQuery, UserStore } from '../users/user-store.js';
import { orderValue } from '../users/user-order.js';
import type { User } from '../users/user.js';
import { sortKey } from '../users/user.js';
import type { MemoryDatabase, StoredUser, Tables } from './memory-database.js';
import { update } from './memory-database.js';

export function memoryUsers({ read, write }: MemoryDatabase): UserStore {
  const credentials = (isWanted: (user: StoredUser) => boolean) =>
    read((tables): Credentials | null => {
      const stored = [...tables.users.values()].find(isWanted);
      if (!stored) return null;
      const { passwordHash, passwordSetAt, disabledAt, passwordResetDue = false } = stored;
      const user = joined(tables, stored);
      return { user, passwordHash, passwordSetAt, disabled: disabledAt !== null, passwordResetDue };
    });

  return {
    credentialsByEmail: (email) => credentials((user) => user.email === email),
    credentialsById: (id) => credentials((user) => user.id === id),
    find: (id, organizationId) =>
      read((tables) => {
        const stored = tables.users.get(id);
        return stored?.organizationId === organizationId ? joined(tables, stored) : null;
      }),
    page: (query) =>
      read((tables) => {
        const ordered = matching(tables, query).sort((a, b) => compareUsers(query, a, b));
        const rest = ordered.filter((user) => isBehind(query, user));
        return { users: rest.slice(0, query.first), hasNextPage: rest.length > query.first };
      }),
    count: (filter) => read((tables) => matching(tables, filter).length),
    add: (account) =>
      write((tables) => {
        if (isTaken(tables, account.email)) return false;
        const { createdAt } = account;
        const unused = { passwordSetAt: createdAt, disabledAt: null, lastSignInAt: null };
        tables.users.set(account.id, { ...account, ...unused });
        return true;
      }),
    setEmail: (id, email) =>
      write((tables) => !isTaken(tables, email) && update(tables.users, id, (user) => ({ ...user, email }))),
    setPasswordHash: (id, passwordHash, passwordSetAt) =>
      write((tables) => {
        const set = { passwordHash, passwordSetAt, passwordResetDue: false };
        update(tables.users, id, (user) => ({ ...user, ...set }));
      }),
    secure: (id, factorsFrozenUntil) =>
      write((tables) => {
        update(tables.users, id, (user) => ({ ...user, passwordResetDue: true, factorsFrozenUntil }));
      }),
    setDisabledAt: (id, disabledAt) =>
      write((tables) => void update(tables.users, id, (user) => ({ ...user, disabledAt }))),
    setLastSignInAt: (id, lastSignInAt) =>
      write((tables) => void update(tables.users, id, (user) => ({ ...user, lastSignInAt }))),
  };
}

const isTaken = (tables: Tables, email: string) =>
  [...tables.users.values()].some((user) => user.email === email);

/** The user as they are now, with organisation and method. */
export function joined(tables: Tables, stored: StoredUser): User {
  const organization = tables.organizations.get(stored.organizationId);
  if (!organization) throw new Error('A user without an organisation.');
  const { id, email, name, role, createdAt, lastSignInAt, factorsFrozenUntil = null } = stored;
  const twoFactor = tables.twoFactors.get(id);
  const held = organization.allowedMethods && twoFactor?.factors.map(({ kind }) => kind);
  return {
    ...{ id, email, name, role, createdAt, lastSignInAt, organization, factorsFrozenUntil },
    twoFactorMethod: twoFactor?.method ?? null,
    ...(held && { heldMethods: [...new Set(held)] }),
  };
}

function matching(tables: Tables, { organization, search, twoFactorEnabled }: UserFilter): User[] {
  const part = sortKey(search ?? '');
  return [...tables.users.values()]
    .filter((user) => user.organizationId === organization.id)
    .filter((user) => sortKey(user.name).includes(part) || sortKey(user.email).includes(part))
    .filter((user) => twoFactorEnabled === null || tables.twoFactors.has(user.id) === twoFactorEnabled)
    .map((user) => joined(tables, user));
}

type Value = string | number | null;

function compareUsers({ orderBy }: UserPageQuery, a: User, b: User): number {
  const byValue = compareValues(
    orderValue(a, orderBy.field),
    orderValue(b, orderBy.field),
    orderBy.direction,
  );
  return byValue || compareText(a.id, b.id);
}

function isBehind({ orderBy, after }: UserPageQuery, user: User): boolean {
  if (after === null) return true;
  const byValue = compareValues(orderValue(user, orderBy.field), after.value, orderBy.direction);
  return byValue > 0 || (byValue === 0 && compareText(user.id, after.id) > 0);
}

/** Nulls last in both directions. */
function compareValues(a: Value, b: Value, direction: 'ASC' | 'DESC'): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const ascending =
    typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
  return direction === 'ASC' ? ascending : -ascending;
}

/** By code points, as the bytes of UTF-8 in the databases; JavaScript's `<` would go by UTF-16 units. */
function compareText(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
