import type { Clock, Digest, OriginOf } from '../ports.js';
import type { KnownBrowser } from '../session/known-browser.js';
import type { TwoFactor } from '../two-factor/two-factor.js';
import type { Credentials } from '../users/user-store.js';
import type { TrustedBrowserStore } from './trusted-browser-store.js';
import type { KeptTrust } from './trusted-browser.js';
import {
  ageOf,
  ROTATION_GRACE,
  secretAfter,
  secretFor,
  trustedSince,
  trustToken,
} from './trusted-browser.js';

export interface UseTrustDeps {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly origin: OriginOf;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'find' | 'use' | 'end'>;
}

/** How a sign-in with the right password went on: the second factor is skipped, and the browser is given this token where it is not
 *  null; or it is due, and where somebody came with an old copy of a token the browser is trusted no more. */
export type TrustUsed =
  | { readonly skips: true; readonly token: string | null }
  | { readonly skips: false; readonly copied: boolean };

const notTrusted: TrustUsed = { skips: false, copied: false };

/**
 * Asks whether the browser is trusted by this account. To be called in a transaction that holds the account's attempts, with
 * credentials that were read in it.
 *
 * @param browser that the account knows, and in which its second factor was proved
 */
export async function useTrust(
  deps: UseTrustDeps,
  { user, passwordSetAt }: Pick<Credentials, 'user' | 'passwordSetAt'>,
  twoFactor: TwoFactor,
  browser: KnownBrowser,
  tokens: readonly string[],
): Promise<TrustUsed> {
  const secret = secretFor(browser.id, tokens);
  if (secret === null || !user.organization.trustedBrowsersAllowed) return notTrusted;
  const now = deps.clock.now();
  const kept = await deps.trustedBrowsers.find(browser.id, user.id);
  if (!kept || kept.expiresAt <= now || kept.createdAt < trustedSince(passwordSetAt, twoFactor))
    return notTrusted;

  const age = ageOf(kept, deps.digest.ofSecret(secret), now);
  if (age === 'OLD') return { skips: false, copied: await deps.trustedBrowsers.end(user.id, kept.id) };
  const next = secretAfter(deps.digest, kept.id, secret);
  const rotates = age === 'NEWEST' && now >= kept.rotatedAt + ROTATION_GRACE;
  const used: KeptTrust = {
    ...kept,
    ...deps.origin(),
    lastUsedAt: now,
    ...(rotates && { tokenHash: deps.digest.ofSecret(next), previousHash: kept.tokenHash, rotatedAt: now }),
  };
  // Also where it stays the same: whoever ends the trust at this moment is before this sign-in, or ends its session as well.
  if (!(await deps.trustedBrowsers.use(kept.tokenHash, used))) return notTrusted;
  const isNext = deps.digest.ofSecret(next) === used.tokenHash;
  return { skips: true, token: isNext ? trustToken(kept.id, next) : null };
}
