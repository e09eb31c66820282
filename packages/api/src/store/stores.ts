import type { Stores } from '@twofold/core/use-cases';
import type { AuditStoreDeps } from './audit.store.js';
import { auditStore } from './audit.store.js';
import { challengeStore } from './challenge.store.js';
import type { Database } from './data-source.js';
import { limitStore } from './limit.store.js';
import { sentTextStore } from './sent-text.store.js';
import { sessionStore } from './session.store.js';
import { setupStore } from './setup.store.js';
import { twoFactorStore } from './two-factor.store.js';
import { userStore } from './user.store.js';

/** Every store, on one database. */
export function createStores(database: Database, audit: AuditStoreDeps): Stores {
  return {
    users: userStore(database),
    sessions: sessionStore(database),
    challenges: challengeStore(database),
    twoFactors: twoFactorStore(database),
    setups: setupStore(database),
    limits: limitStore(database),
    sentTexts: sentTextStore(database),
    audit: auditStore(database, audit),
  };
}
