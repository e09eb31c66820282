import type { Instant } from '../ports.js';
import { DAY } from '../ports.js';

export type ReminderStage = 'ANNOUNCED' | 'WEEK' | 'DAY';

/** When those who would be locked out are told next, and why then. */
export interface Reminder {
  readonly stage: ReminderStage;
  readonly at: Instant;
}

/** Those that come by themselves once the deadline is announced. */
function comingUp(deadline: Instant): readonly Reminder[] {
  return [
    { stage: 'WEEK', at: deadline - 7 * DAY },
    { stage: 'DAY', at: deadline - DAY },
  ];
}

/** The next one after `now`; null where none is left. */
export function reminderAfter(deadline: Instant, now: Instant): Reminder | null {
  return comingUp(deadline).find(({ at }) => at > now) ?? null;
}

/** What is to be sent now: the one that was due, or the last that has become due since, so that after a long pause of the
 *  service nobody gets two at once. Null where the deadline has passed. */
export function stageDue(reminder: Reminder, deadline: Instant, now: Instant): ReminderStage | null {
  if (now >= deadline) return null;
  const later = comingUp(deadline).filter(({ at }) => at > reminder.at && at <= now);
  return (later.at(-1) ?? reminder).stage;
}
