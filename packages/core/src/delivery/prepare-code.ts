import type { LimitStore } from '../limits/limit-store.js';
import type { WindowLog } from '../limits/window-limit.js';
import { fullUntil, withEvent } from '../limits/window-limit.js';
import type { Digest, Instant, Random, Transaction } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';
import type { SentCode } from '../sign-in/challenge.js';
import { SENT_CODE_FOR } from '../sign-in/challenge.js';
import type { DeliverFactor, Slot } from '../two-factor/second-factor.js';
import type { User } from '../users/user.js';
import type { BreakerState } from './delivery-breaker.js';
import { afterSent, breakerKey, breakerKeptUntil, openUntil } from './delivery-breaker.js';
import type { DeliveryPurpose } from './delivery-limits.js';
import { deliveryLimits, keptUntil, RESEND_AFTER } from './delivery-limits.js';
import type { SentTextStore } from './sent-text-store.js';
import { sentText } from './sent-text.js';

export interface DeliveryDeps {
  readonly limits: LimitStore;
  readonly digest: Digest;
  readonly random: Random;
  readonly transaction: Transaction;
  readonly sentTexts: Pick<SentTextStore, 'remember'>;
}

export interface CodeDelivery {
  readonly slot: Slot;
  readonly maskedNumber: string;
  readonly expiresAt: Instant;
  readonly resendAt: Instant;
}

export interface CodeRequest {
  readonly purpose: DeliveryPurpose;
  readonly user: User;
  readonly factor: DeliverFactor;
  readonly address: string;
  readonly slot: Slot;
  /** The challenge or set-up that the code is good for, and no other. */
  readonly boundTo: string;
  /** The challenge or session within which the pause before the next message is counted. */
  readonly within: string;
  /** The code never outlives this. */
  readonly notAfter: Instant;
}

/** A code that is counted but not yet on its way. */
export interface PreparedCode {
  /** To be stored in the same transaction. */
  readonly sentCode: SentCode;
  /** To be called once that transaction has committed. Where it fails, the next try is not held back. */
  send(): Promise<Result<CodeDelivery>>;
}

/** Counts a message against every budget and makes its code. To be called in a transaction; sends nothing yet. */
export async function prepareCode(
  deps: DeliveryDeps,
  request: CodeRequest,
  now: Instant,
): Promise<Result<PreparedCode>> {
  const { user, factor, address, slot } = request;
  const resendKey = await countMessage(deps, request, now);
  if (!resendKey.ok) return resendKey;

  const code = deps.random.digits(6);
  const expiresAt = Math.min(now + SENT_CODE_FOR, request.notAfter);
  const codeDigest = deps.digest.keyed(code, codeContext(request.boundTo));
  const delivery = { slot, maskedNumber: factor.mask(address), expiresAt, resendAt: now + RESEND_AFTER };
  const send = async (): Promise<Result<CodeDelivery>> => {
    const handover = await factor.deliver({ to: address, code, organization: user.organization.name });
    if (!handover) {
      await deps.transaction(() => deps.limits.save(resendKey.value, null, now));
      return fail('SMS_NOT_SENT');
    }
    if (handover.receipt) await deps.sentTexts.remember(sentText(handover.receipt, user, factor.kind, now));
    return ok(delivery);
  };
  return ok({ sentCode: { slot, codeDigest, expiresAt }, send });
}

/** What the digest of a sent code is bound to. */
export const codeContext = (boundTo: string) => `code:${boundTo}`;

async function countMessage(
  deps: DeliveryDeps,
  { purpose, user, factor, address, within }: CodeRequest,
  now: Instant,
): Promise<Result<string>> {
  const organizationId = user.organization.id;
  const area = factor.area(address);
  const request = { purpose, userId: user.id, organizationId, address, area, within };
  const limits = deliveryLimits(deps.digest, request);
  const breaker = breakerKey(organizationId, area);
  const [state, ...states] = await deps.limits.lock([breaker, ...limits.map(({ key }) => key)]);
  const trips = (state ?? null) as BreakerState | null;
  const logs = states.map((log) => (log ?? []) as WindowLog);

  for (const [i, { limit, problem }] of limits.entries()) {
    const retryAt = fullUntil(limit, logs[i] ?? [], now);
    if (retryAt !== null) return fail(problem, { retryAt });
  }
  const open = openUntil(trips, now);
  if (open !== null) return fail('TEXT_LIMIT_REACHED', { retryAt: open });
  for (const [i, { key, limit }] of limits.entries()) {
    await deps.limits.save(key, withEvent(limit, logs[i] ?? [], now), keptUntil(limit, now));
  }
  await deps.limits.save(breaker, afterSent(trips, now), breakerKeptUntil(now));
  return ok(limits[0]?.key ?? '');
}
