import type { AuditLog } from '../audit/audit-log.js';
import { attemptIn } from '../audit/recorded.js';
import type { Digest, Random } from '../ports.js';
import type { LiveSession } from '../session/session.js';
import type { TrustedBrowserStore } from './trusted-browser-store.js';
import { MOST_TRUSTED, TRUSTED_FOR, trustToken } from './trusted-browser.js';

export interface TrustBrowserDeps {
  readonly digest: Digest;
  readonly random: Random;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'save' | 'keepNewest'>;
  readonly audit: AuditLog;
}

/** Trusts the browser in which every factor has just been proved; answers the token that it keeps. To be called in the transaction
 *  that opened the session. */
export async function trustBrowser(deps: TrustBrowserDeps, live: LiveSession): Promise<string | null> {
  const { session, user } = live;
  const { browserId: id, device, address, signedInAt: now } = session;
  if (id === null) return null;
  const secret = deps.random.token();
  await deps.trustedBrowsers.save({
    id,
    userId: user.id,
    organizationId: user.organization.id,
    device,
    address,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: now + TRUSTED_FOR,
    tokenHash: deps.digest.ofSecret(secret),
    previousHash: null,
    rotatedAt: now,
  });
  await deps.trustedBrowsers.keepNewest(user.id, MOST_TRUSTED);
  await deps.audit.record({ ...attemptIn(live, 'TRUST_BROWSER'), outcome: 'DONE' });
  return trustToken(id, secret);
}
