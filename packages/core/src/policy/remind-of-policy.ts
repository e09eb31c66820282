import type { Clock, Instant, Notifier, Transaction } from '../ports.js';
import type { DueReminder, PolicyStore, Unprotected } from './policy-store.js';
import type { ReminderStage } from './reminder.js';
import { reminderAfter, stageDue } from './reminder.js';

export interface RemindOfPolicyDeps {
  readonly clock: Clock;
  readonly policies: PolicyStore;
  readonly notifier: Notifier;
  readonly transaction: Transaction;
}

const ORGANIZATIONS_AT_ONCE = 20;
/** So few that nobody waits long for one transaction. */
const PEOPLE_AT_ONCE = 50;

/**
 * Tells those who hold no allowed method of their organisation's deadline: when it is announced, a week and a day before it. Of
 * several processes one alone sends each mail, and none sends it twice: whose note of it is stored sends it. Where a process ends
 * between the two, that mail is lost, and the next stage's is not.
 *
 * @param signal ends it between two batches; what is left is for the next time
 */
export function remindOfPolicy(deps: RemindOfPolicyDeps) {
  return async (signal: { readonly aborted: boolean } = { aborted: false }): Promise<void> => {
    const now = deps.clock.now();
    for (const due of await deps.policies.dueReminders(now, ORGANIZATIONS_AT_ONCE)) {
      const stage = stageDue(due.reminder, due.requiredFrom, now);
      if (stage === null || (await tellAll(deps, due, stage, signal))) await goOn(deps, due, now);
    }
  };
}

const goOn = ({ policies }: RemindOfPolicyDeps, due: DueReminder, now: Instant) =>
  policies.finish(due, reminderAfter(due.requiredFrom, now));

/** False where it was cut short, or the policy is another by now. */
async function tellAll(
  deps: RemindOfPolicyDeps,
  due: DueReminder,
  stage: ReminderStage,
  signal: { readonly aborted: boolean },
): Promise<boolean> {
  let after: string | null = null;
  for (;;) {
    if (signal.aborted) return false;
    const batch: Batch | null = await claimSome(deps, due, stage, after);
    if (batch === null) return false;
    for (const person of batch.claimed) {
      const notice = person.methodRuledOut ? 'OTHER_METHOD_DUE' : 'TWO_FACTOR_DUE';
      deps.notifier.tell(person, notice, { deadline: due.requiredFrom });
    }
    if (batch.last === null) return true;
    after = batch.last;
  }
}

interface Batch {
  readonly claimed: readonly Unprotected[];
  /** Null where there is nobody behind them. */
  readonly last: string | null;
}

function claimSome(
  { policies, transaction }: RemindOfPolicyDeps,
  due: DueReminder,
  stage: ReminderStage,
  after: string | null,
): Promise<Batch | null> {
  return transaction(async () => {
    if (!(await policies.hold(due))) return null;
    const page = { after, first: PEOPLE_AT_ONCE };
    const people = await policies.unprotected(due.organizationId, due.allowedMethods, page);
    const claimed: Unprotected[] = [];
    for (const person of people) if (await policies.claim(due, stage, person.id)) claimed.push(person);
    return { claimed, last: people.length < PEOPLE_AT_ONCE ? null : (people.at(-1)?.email ?? null) };
  });
}
