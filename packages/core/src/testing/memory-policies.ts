import { isProtected } from '../policy/policy.js';
import type { Policy } from '../policy/policy.js';
import type { DueReminder, PolicyStore, StoredPolicy, Unprotected } from '../policy/policy-store.js';
import type { MemoryDatabase, Tables } from './memory-database.js';
import { joined } from './memory-users.js';

export function memoryPolicies({ read, write, isInsideTransaction }: MemoryDatabase): PolicyStore {
  return {
    find: (organizationId) => read((tables) => stored(tables, organizationId)),
    replace: (organizationId, version, policy, reminder) =>
      write((tables) => {
        const organization = tables.organizations.get(organizationId);
        if (!organization || stored(tables, organizationId).version !== version) return false;
        tables.organizations.set(organizationId, { ...organization, ...policy });
        tables.policies.set(organizationId, { version: version + 1, reminder });
        return true;
      }),
    count: (organizationId, allowed) =>
      read((tables) => {
        const concerned = unprotected(tables, organizationId, allowed);
        const methodRuledOut = concerned.filter((person) => person.methodRuledOut).length;
        const everybody = enabled(tables, organizationId).length;
        return { everybody, withoutTwoFactor: concerned.length - methodRuledOut, methodRuledOut };
      }),
    unprotected: (organizationId, allowed, { after, first }) =>
      read((tables) =>
        unprotected(tables, organizationId, allowed)
          .filter(({ email }) => after === null || email > after)
          .sort((a, b) => (a.email < b.email ? -1 : 1))
          .slice(0, first),
      ),
    dueReminders: (now, first) =>
      read((tables) =>
        [...tables.organizations.values()]
          .flatMap(({ id: organizationId }): DueReminder[] => {
            const { version, reminder, requiredFrom, allowedMethods } = stored(tables, organizationId);
            if (reminder === null || requiredFrom === null || reminder.at > now) return [];
            return [{ organizationId, version, requiredFrom, allowedMethods, reminder }];
          })
          .sort((a, b) => a.reminder.at - b.reminder.at || (a.organizationId < b.organizationId ? -1 : 1))
          .slice(0, first),
      ),
    async hold(due) {
      if (!isInsideTransaction()) throw new Error('A lock without a transaction would be gone at once.');
      return read((tables) => isStill(tables, due));
    },
    claim: ({ requiredFrom }, stage, userId) =>
      write((tables) => {
        const key = `${stage}:${String(requiredFrom)}:${userId}`;
        if (tables.policyReminders.has(key)) return false;
        tables.policyReminders.set(key, userId);
        return true;
      }),
    finish: (due, reminder) =>
      write((tables) => {
        if (!isStill(tables, due)) return false;
        tables.policies.set(due.organizationId, { version: due.version, reminder });
        return true;
      }),
  };
}

function stored(tables: Tables, organizationId: string): StoredPolicy {
  const organization = tables.organizations.get(organizationId);
  if (!organization) throw new Error('There is no such organisation.');
  const { id: _id, name: _name, ...policy } = organization;
  return { ...policy, ...(tables.policies.get(organizationId) ?? { version: 0, reminder: null }) };
}

function isStill(tables: Tables, { organizationId, version, reminder }: DueReminder): boolean {
  const now = stored(tables, organizationId);
  return now.version === version && now.reminder?.at === reminder.at && now.reminder.stage === reminder.stage;
}

function enabled(tables: Tables, organizationId: string) {
  return [...tables.users.values()].filter(
    (user) => user.organizationId === organizationId && user.disabledAt === null,
  );
}

function unprotected(
  tables: Tables,
  organizationId: string,
  allowedMethods: Policy['allowedMethods'],
): Unprotected[] {
  return enabled(tables, organizationId).flatMap((stored) => {
    const user = joined(tables, stored);
    const factors = tables.twoFactors.get(user.id)?.factors ?? [];
    const heldMethods = factors.map(({ kind }) => kind);
    if (isProtected({ ...user, organization: { ...user.organization, allowedMethods }, heldMethods }))
      return [];
    const { id, email, name } = user;
    return [{ id, email, name, methodRuledOut: user.twoFactorMethod !== null }];
  });
}
