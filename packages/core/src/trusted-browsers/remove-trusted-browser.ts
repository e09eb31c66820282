import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import { NotFound } from '../refusal.js';
import type { Result } from '../result.js';
import { ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import type { TrustedBrowserStore } from './trusted-browser-store.js';

export interface RemoveTrustedBrowserDeps extends RecordedDeps {
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'end'>;
}

/**
 * removeTrustedBrowser: the next sign-in there takes the second factor again. Who is signed in there stays so.
 *
 * @throws NotFound where the viewer has no such browser, whoever else may have it
 */
export function removeTrustedBrowser(deps: RemoveTrustedBrowserDeps) {
  return (live: LiveSession, id: string): Promise<Result<null>> =>
    recorded(deps, attemptIn(live, 'REMOVE_TRUSTED_BROWSER'), async () => {
      if (!(await deps.trustedBrowsers.end(live.user.id, id)))
        throw new NotFound('You have no such trusted browser.');
      return ok(null);
    });
}
