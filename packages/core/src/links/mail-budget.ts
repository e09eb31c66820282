import type { LimitStore } from '../limits/limit-store.js';
import type { WindowLimit, WindowLog } from '../limits/window-limit.js';
import { fullUntil, withEvent } from '../limits/window-limit.js';
import type { Instant } from '../ports.js';
import { DAY, HOUR } from '../ports.js';
import type { Result } from '../result.js';
import { fail, ok } from '../result.js';

/** What one mail with a link is counted by. */
export interface MailBudget {
  readonly key: string;
  readonly limit: WindowLimit;
}

export const aDay = (key: string, most: number): MailBudget => ({
  key: `mails:day:${key}`,
  limit: { most, within: DAY, grain: HOUR },
});

export const anHour = (key: string, most: number): MailBudget => ({
  key: `mails:hour:${key}`,
  limit: { most, within: HOUR, grain: 1 },
});

/**
 * Counts one mail against each of the budgets, or none of them and answers MAIL_LIMIT_REACHED. To be called first in a transaction: until its end
 * nobody else sends by the same budget.
 */
export async function countMail(
  limits: LimitStore,
  budgets: readonly MailBudget[],
  now: Instant,
): Promise<Result<null>> {
  const states = await limits.lock(budgets.map(({ key }) => key));
  const logs = states.map((state) => (state ?? []) as WindowLog);
  for (const [i, { limit }] of budgets.entries()) {
    const retryAt = fullUntil(limit, logs[i] ?? [], now);
    if (retryAt !== null) return fail('MAIL_LIMIT_REACHED', { retryAt });
  }
  for (const [i, { key, limit }] of budgets.entries()) {
    await limits.save(key, withEvent(limit, logs[i] ?? [], now), now + limit.within + limit.grain);
  }
  return ok(null);
}
