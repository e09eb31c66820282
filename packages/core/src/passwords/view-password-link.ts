import type { Instant } from '../ports.js';
import type { User } from '../users/user.js';
import type { PasswordLinkDeps, PasswordLinkPurpose } from './password-link.js';
import { findPasswordLink } from './password-link.js';

export interface PasswordLink {
  readonly purpose: PasswordLinkPurpose;
  readonly user: User;
  readonly expiresAt: Instant;
}

/** passwordLink: whose password the holder of the link may set; null where it can no longer be used. */
export function viewPasswordLink(deps: PasswordLinkDeps) {
  return async (token: string): Promise<PasswordLink | null> => {
    for (const purpose of ['PASSWORD_RESET', 'FIRST_PASSWORD'] as const) {
      const found = await findPasswordLink(deps, token, purpose);
      if (found) return { purpose, user: found.user, expiresAt: found.link.expiresAt };
    }
    return null;
  };
}
