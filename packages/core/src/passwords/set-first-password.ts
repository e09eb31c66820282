import type { Result } from '../result.js';
import type { PasswordSet, SetPasswordByLinkDeps } from './set-password-by-link.js';
import { setPasswordByLink } from './set-password-by-link.js';

export interface SetFirstPasswordInput {
  readonly token: string;
  readonly password: string;
}

/** setFirstPassword: of an account that an operator made without one. Until then nobody can sign in to it. */
export function setFirstPassword(deps: SetPasswordByLinkDeps) {
  return ({ token, password }: SetFirstPasswordInput): Promise<Result<PasswordSet>> =>
    setPasswordByLink(
      deps,
      { purpose: 'FIRST_PASSWORD', action: 'SET_FIRST_PASSWORD' },
      { token, password, field: 'password' },
    );
}
