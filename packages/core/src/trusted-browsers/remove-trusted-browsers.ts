import type { RecordedDeps } from '../audit/recorded.js';
import { attemptIn, recorded } from '../audit/recorded.js';
import type { Result } from '../result.js';
import { ok } from '../result.js';
import type { LiveSession } from '../session/session.js';
import type { TrustedBrowserStore } from './trusted-browser-store.js';

export interface RemoveTrustedBrowsersDeps extends RecordedDeps {
  readonly trustedBrowsers: Pick<TrustedBrowserStore, 'endAll'>;
}

/** removeTrustedBrowsers: every one of the viewer's, the one in hand included. */
export function removeTrustedBrowsers(deps: RemoveTrustedBrowsersDeps) {
  return (live: LiveSession): Promise<Result<{ removed: number }>> =>
    recorded(deps, attemptIn(live, 'REMOVE_TRUSTED_BROWSERS'), async () =>
      ok({ removed: await deps.trustedBrowsers.endAll(live.user.id) }),
    );
}
