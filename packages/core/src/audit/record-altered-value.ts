import type { RecordedDeps } from './recorded.js';

/** Whose a sealed value is. */
export interface ValueOwner {
  readonly userId: string;
  readonly organizationId: string;
}

/**
 * Writes down that a stored value did not open. To be called apart from the transaction in which that came to light: it is
 * rolled back.
 */
export function recordAlteredValue(deps: RecordedDeps) {
  return (owner: ValueOwner): Promise<void> =>
    deps.transaction(() =>
      deps.audit.record({
        action: 'OPEN_SEALED_VALUE',
        outcome: 'ALTERED',
        ...owner,
        method: null,
        sessionId: null,
      }),
    );
}
