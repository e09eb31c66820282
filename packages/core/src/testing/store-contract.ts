import { describe } from 'vitest';
import type { Transaction } from '../ports.js';
import type { Stores } from '../use-cases.js';
import type { Organization } from '../users/user.js';
import { describeChallengeStore } from './contract/challenge-contract.js';
import { describeLimitStore } from './contract/limit-contract.js';
import { describeLinkStore } from './contract/link-contract.js';
import { describePolicyStore } from './contract/policy-contract.js';
import { describeSentTextStore } from './contract/sent-text-contract.js';
import { describeSessionStore } from './contract/session-contract.js';
import { describeSetupStore } from './contract/setup-contract.js';
import { describeTransaction } from './contract/transaction-contract.js';
import { describeTrustedBrowserStore } from './contract/trusted-browser-contract.js';
import { describeTwoFactorStore } from './contract/two-factor-contract.js';
import { describeUserStore } from './contract/user-contract.js';
import { describeUsersPage } from './contract/users-page-contract.js';
import type { StoredUser } from './memory-database.js';

/** An empty database, and how to put into it what no store writes. */
export interface StoreHarness {
  readonly stores: Stores;
  readonly transaction: Transaction;
  addOrganization(organization: Organization): Promise<void>;
  addUser(user: StoredUser): Promise<void>;
  deleteUser(id: string): Promise<void>;
  /** Deletes the database. */
  remove(): Promise<void>;
}

export type OpenHarness = () => Promise<StoreHarness>;

/** What the rules rely on: one suite that every set of stores passes, the fakes as the databases. */
export function describeStores(name: string, open: OpenHarness): void {
  describe(`the stores on ${name}`, () => {
    describeUserStore(open);
    describeUsersPage(open);
    describeSessionStore(open);
    describeChallengeStore(open);
    describeTwoFactorStore(open);
    describeSetupStore(open);
    describeLimitStore(open);
    describeLinkStore(open);
    describeTrustedBrowserStore(open);
    describePolicyStore(open);
    describeSentTextStore(open);
    describeTransaction(open);
  });
}
