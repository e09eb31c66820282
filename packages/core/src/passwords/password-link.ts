import type { LinkStore } from '../links/link-store.js';
import type { Link, LinkPurpose } from '../links/link.js';
import { limitKeys } from '../limits/limit-keys.js';
import type { LimitStore } from '../limits/limit-store.js';
import type { Clock, Digest } from '../ports.js';
import type { SessionStore } from '../session/session-store.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { SetupStore } from '../two-factor/setup-store.js';
import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import type { EndedAccess } from '../users/deactivate-user.js';
import { endAccess } from '../users/deactivate-user.js';
import type { Credentials, UserStore } from '../users/user-store.js';
import type { User } from '../users/user.js';

/** The two links by which a password is set. */
export type PasswordLinkPurpose = Extract<LinkPurpose, 'PASSWORD_RESET' | 'FIRST_PASSWORD'>;

export interface PasswordLinkDeps {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly links: LinkStore;
  readonly users: UserStore;
}

/** A live link and its account; null also where the account is disabled, or a first password is there by now. */
export async function findPasswordLink(
  deps: PasswordLinkDeps,
  token: string,
  purpose: PasswordLinkPurpose,
): Promise<{ readonly link: Link; readonly user: User } | null> {
  const link = await deps.links.findLive(deps.digest.ofSecret(token), purpose, deps.clock.now());
  if (link?.userId == null) return null;
  const credentials = await deps.users.credentialsById(link.userId);
  return credentials && isOpenTo(purpose, credentials) ? { link, user: credentials.user } : null;
}

function isOpenTo(purpose: PasswordLinkPurpose, { disabled, passwordHash }: Credentials): boolean {
  return !disabled && (purpose === 'PASSWORD_RESET' || passwordHash === null);
}

export interface ReplacePasswordDeps extends PasswordLinkDeps {
  readonly limits: LimitStore;
  readonly sessions: SessionStore;
  readonly challenges: ChallengeStore;
  readonly setups: SetupStore;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
}

/**
 * Puts a password in force that was set by a link, and ends all that the old one had opened. The lock that wrong passwords have brought about is lifted: it
 * kept those out who guess, and the owner has proved the mailbox. To be called in a transaction that has used the link up.
 */
export async function replacePassword(
  deps: ReplacePasswordDeps,
  { id, email }: User,
  hash: string,
): Promise<EndedAccess> {
  const now = deps.clock.now();
  // A sign-in by the old password is settled before this, and its session ended below, or after it, and refused.
  const { account } = limitKeys.password(deps.digest, email, null);
  await deps.limits.lock([account]);
  await deps.limits.save(account, null, now);
  await deps.users.setPasswordHash(id, hash, now);
  return endAccess(deps, id);
}
