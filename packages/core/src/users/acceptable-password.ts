import type { PasswordStrength } from '../ports.js';
import type { User } from './user.js';

/** What a guesser knows of the one whose password it is. */
export type KnownOfUser = Pick<User, 'email' | 'name'> & {
  readonly organization: Pick<User['organization'], 'name'>;
};

/** 12 to 1,024 characters after NFKC, hard to guess; no rule of composition (NIST SP 800-63B-4, 3.1.1.2). */
export async function isAcceptablePassword(
  strength: PasswordStrength,
  password: string,
  user: KnownOfUser,
): Promise<boolean> {
  const length = [...password.normalize('NFKC')].length;
  if (length < 12 || length > 1_024) return false;
  return strength.isStrong(password, [user.email, user.name, user.organization.name]);
}
