import type { Transaction } from '../ports.js';
import type { Stores } from '../use-cases.js';
import type { Organization } from '../users/user.js';
import { normalizeEmail } from '../users/user.js';
import { memoryAudit } from './memory-audit.js';
import type { StoredUser } from './memory-database.js';
import { deleteWhere, memoryDatabase } from './memory-database.js';
import { memoryLinks } from './memory-links.js';
import { memoryPolicies } from './memory-policies.js';
import { memorySentTexts } from './memory-sent-texts.js';
import { memoryChallenges, memorySessions } from './memory-sessions.js';
import { memoryLimits, memorySetups, memoryTwoFactors } from './memory-two-factors.js';
import { memoryTrustedBrowsers } from './memory-trusted-browsers.js';
import { memoryUsers } from './memory-users.js';

export interface MemoryStores {
  readonly stores: Stores;
  readonly transaction: Transaction;
  addOrganization(organization: Organization): Promise<void>;
  addUser(user: StoredUser): Promise<void>;
  /** With all that belongs to them. */
  deleteUser(id: string): Promise<void>;
}

/** Every store in memory, over one set of tables and one transaction. They pass the suite that the databases pass. */
export function memoryStores(): MemoryStores {
  const database = memoryDatabase();
  return {
    stores: {
      users: memoryUsers(database),
      sessions: memorySessions(database),
      challenges: memoryChallenges(database),
      twoFactors: memoryTwoFactors(database),
      setups: memorySetups(database),
      limits: memoryLimits(database),
      links: memoryLinks(database),
      trustedBrowsers: memoryTrustedBrowsers(database),
      policies: memoryPolicies(database),
      sentTexts: memorySentTexts(database),
      audit: memoryAudit(database),
    },
    transaction: database.transaction,
    addOrganization: (organization) =>
      database.write((tables) => void tables.organizations.set(organization.id, organization)),
    addUser: (user) =>
      database.write((tables) => {
        const email = normalizeEmail(user.email);
        if ([...tables.users.values()].some((other) => other.email === email))
          throw new Error('The email is taken.');
        tables.users.set(user.id, { ...user, email });
      }),
    deleteUser: (id) =>
      database.write((tables) => {
        tables.users.delete(id);
        tables.twoFactors.delete(id);
        deleteWhere(tables.sessions, (row) => row.session.userId === id);
        deleteWhere(tables.policyReminders, (userId) => userId === id);
        deleteWhere(tables.links, (row) => row.link.userId === id);
        deleteWhere(tables.trustedBrowsers, (trust) => trust.userId === id);
        deleteWhere(tables.challenges, (row) => row.challenge.userId === id);
        deleteWhere(tables.setups, (setup) => setup.userId === id);
      }),
  };
}
