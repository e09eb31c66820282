import type { LimitStore } from '../limits/limit-store.js';
import type { Cipher, Instant, Place } from '../ports.js';
import type { FactorKind, FactorRegistry } from '../two-factor/second-factor.js';
import type { BreakerState } from './delivery-breaker.js';
import { afterVerified, breakerKey, breakerKeptUntil } from './delivery-breaker.js';

export interface CameBackDeps {
  readonly limits: LimitStore;
  readonly cipher: Cipher;
  readonly factors: FactorRegistry;
}

/** Notes that somebody reads what is sent there. To be called in the transaction that took the code; costs nothing for factors that send nothing. */
export async function noteCodeCameBack(
  { limits, cipher, factors }: CameBackDeps,
  organizationId: string,
  sentTo: { readonly kind: FactorKind; readonly sealed: string; readonly place: Place },
  now: Instant,
): Promise<void> {
  const factor = factors.of(sentTo.kind);
  if (factor.shape !== 'deliver') return;
  const key = breakerKey(organizationId, factor.area(cipher.open(sentTo.sealed, sentTo.place)));
  const [state] = await limits.lock([key]);
  const after = afterVerified((state ?? null) as BreakerState | null, now);
  if (after) await limits.save(key, after, breakerKeptUntil(now));
}
