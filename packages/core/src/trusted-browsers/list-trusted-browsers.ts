import type { Clock } from '../ports.js';
import type { LiveSession } from '../session/session.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import type { UserStore } from '../users/user-store.js';
import type { TrustedBrowserStore } from './trusted-browser-store.js';
import type { TrustedBrowser } from './trusted-browser.js';
import { trustedSince } from './trusted-browser.js';

export interface ListTrustedBrowsersDeps {
  readonly clock: Clock;
  readonly users: Pick<UserStore, 'credentialsById'>;
  readonly twoFactors: Pick<TwoFactorStore, 'find'>;
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'list'>;
}

/** trustedBrowsers: the viewer's own, in which the second factor is skipped now. */
export function listTrustedBrowsers(deps: ListTrustedBrowsersDeps) {
  return async ({ user }: LiveSession): Promise<readonly TrustedBrowser[]> => {
    if (user.twoFactorMethod === null || !user.organization.trustedBrowsersAllowed) return [];
    const twoFactor = await deps.twoFactors.find(user.id);
    const credentials = await deps.users.credentialsById(user.id);
    if (!twoFactor || !credentials) return [];
    const since = trustedSince(credentials.passwordSetAt, twoFactor);
    return deps.trustedBrowsers.list(user.id, since, deps.clock.now());
  };
}
