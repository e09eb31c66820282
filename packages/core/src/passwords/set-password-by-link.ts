import type { AuditAction } from '../audit/audit-log.js';
import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn, recorded, refused } from '../audit/recorded.js';
import type { Hasher, Notifier, PasswordStrength } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import { isAcceptablePassword } from '../users/acceptable-password.js';
import type { User } from '../users/user.js';
import type { PasswordLinkPurpose, ReplacePasswordDeps } from './password-link.js';
import { findPasswordLink, replacePassword } from './password-link.js';

export interface SetPasswordByLinkDeps extends ReplacePasswordDeps, RecordedDeps {
  readonly hasher: Hasher;
  readonly strength: PasswordStrength;
  readonly notifier: Notifier;
}

export interface SetPasswordByLinkInput {
  readonly token: string;
  readonly password: string;
  /** What the password is called where it was given. */
  readonly field: string;
}

export interface PasswordSet {
  readonly user: User;
  readonly endedSessions: number;
}

/**
 * Sets a password by a link of this purpose, which is used up by it; a weak one leaves the link as it is. It signs nobody in: a second
 * factor is due at the next sign-in as ever. Without a link that lives nothing is hashed.
 */
export async function setPasswordByLink(
  deps: SetPasswordByLinkDeps,
  { purpose, action }: { readonly purpose: PasswordLinkPurpose; readonly action: AuditAction },
  { token, password, field }: SetPasswordByLinkInput,
): Promise<Result<PasswordSet>> {
  const found = await findPasswordLink(deps, token, purpose);
  if (!found) return fail('LINK_EXPIRED');
  const attempt = attemptOn(found.user, action);
  if (!(await isAcceptablePassword(deps.strength, password, found.user))) {
    return refused(deps, attempt, fail('PASSWORD_TOO_WEAK', { field }));
  }
  const hash = await deps.hasher.withPlace(() => deps.hasher.hash(password));
  return recorded(deps, attempt, async () => {
    // While it was hashed the link may have been used, or the account disabled.
    if (!(await deps.links.take(found.link.id))) return fail('LINK_EXPIRED');
    const current = await deps.users.credentialsById(found.user.id);
    if (!current || current.disabled) return fail('LINK_EXPIRED');
    const { endedSessions } = await replacePassword(deps, current.user, hash);
    return ok({ user: current.user, endedSessions });
  });
}
