import type { Result } from '../result.js';
import type { PasswordSet, SetPasswordByLinkDeps } from './set-password-by-link.js';
import { setPasswordByLink } from './set-password-by-link.js';

export interface ResetPasswordInput {
  readonly token: string;
  readonly newPassword: string;
}

/** resetPassword: by the link that requestPasswordReset mailed. Every session, pending sign-in and set-up ends. */
export function resetPassword(deps: SetPasswordByLinkDeps) {
  return async ({ token, newPassword }: ResetPasswordInput): Promise<Result<PasswordSet>> => {
    const by = { purpose: 'PASSWORD_RESET', action: 'RESET_PASSWORD' } as const;
    const reset = await setPasswordByLink(deps, by, { token, password: newPassword, field: 'newPassword' });
    if (reset.ok) deps.notifier.tell(reset.value.user, 'PASSWORD_CHANGED');
    return reset;
  };
}
