import type { Digest, Instant } from '../ports.js';
import { DAY, HOUR, MINUTE, SECOND } from '../ports.js';
import type { ProblemCode } from '../problem.js';
import type { WindowLimit } from '../limits/window-limit.js';

/** Sign-in and set-up are counted apart by number: who types somebody's number into a set-up must not lock them out. */
export type DeliveryPurpose = 'SIGN_IN' | 'SET_UP';

export interface DeliveryRequest {
  readonly purpose: DeliveryPurpose;
  readonly userId: string;
  readonly organizationId: string;
  readonly address: string;
  readonly area: string;
  /** The challenge, or the session of the set-up, in which the message goes out. */
  readonly within: string;
}

export interface DeliveryLimit {
  readonly key: string;
  readonly limit: WindowLimit;
  readonly problem: ProblemCode;
}

export const RESEND_AFTER = 30 * SECOND;

/** What one message is counted by (contract, "Numbers"). The first entry is the pause before the next one. */
export function deliveryLimits(digest: Digest, request: DeliveryRequest): readonly DeliveryLimit[] {
  const number = digest.keyed(request.address, 'limit:address');
  return [
    {
      key: `resend:${request.within}:${number}`,
      limit: { most: 1, within: RESEND_AFTER, grain: 1 },
      problem: 'RESEND_TOO_SOON',
    },
    budget(`texts:account:${request.userId}`, 10, HOUR, 1),
    budget(`texts:burst:${request.purpose}:${number}`, 5, 10 * MINUTE, 1),
    budget(`texts:day:${request.purpose}:${number}`, 20, DAY, 1),
    budget(`texts:area:${request.organizationId}:${request.area}`, 500, DAY, HOUR),
    budget(`texts:organization:${request.organizationId}`, 2_000, DAY, HOUR),
    budget('texts:all', 20_000, DAY, HOUR),
  ];
}

function budget(key: string, most: number, within: number, grain: number): DeliveryLimit {
  return { key, limit: { most, within, grain }, problem: 'TEXT_LIMIT_REACHED' };
}

export function keptUntil(limit: WindowLimit, now: Instant): Instant {
  return now + limit.within + limit.grain;
}
