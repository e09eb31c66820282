import type { Stores } from '@twofold/core/use-cases';
import type { AuditStoreDeps } from './audit/audit.store.js';
import { auditStore } from './audit/audit.store.js';
import { challengeStore } from './sign-in/challenge.store.js';
import type { Database } from './data-source.js';
import { linkStore } from './links/link.store.js';
import { limitStore } from './limits/limit.store.js';
import { policyStore } from './policy/policy.store.js';
import { sentTextStore } from './delivery/sent-text.store.js';
import { sessionStore } from './session/session.store.js';
import { setupStore } from './two-factor/setup.store.js';
import { trustedBrowserStore } from './trusted-browsers/trusted-browser.store.js';
import { twoFactorStore } from './two-factor/two-factor.store.js';
import { userStore } from './users/user.store.js';

/** Every store, on one database. */
export function createStores(database: Database, audit: AuditStoreDeps): Stores {
  return {
    users: userStore(database),
    sessions: sessionStore(database),
    challenges: challengeStore(database),
    twoFactors: twoFactorStore(database),
    setups: setupStore(database),
    limits: limitStore(database),
    links: linkStore(database),
    trustedBrowsers: trustedBrowserStore(database),
    policies: policyStore(database),
    sentTexts: sentTextStore(database),
    audit: auditStore(database, audit),
  };
}
