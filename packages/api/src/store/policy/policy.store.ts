import type {
  DueReminder,
  PolicyStore,
  ProtectionCounts,
  StoredPolicy,
  Unprotected,
} from '@twofold/core/policy/policy-store';
import type { Policy } from '@twofold/core/policy/policy';
import type { Reminder, ReminderStage } from '@twofold/core/policy/reminder';
import type { Database } from '../data-source.js';
import type { Sql, Value } from '../engine/sql.js';
import { along, placeholders } from '../engine/sql.js';
import type { PolicyColumns } from '../users/user-row.js';
import { fromMethods, policyColumns, toMethods, toPolicy, twoFactorJoin } from '../users/user-row.js';

interface ReminderColumns {
  readonly policy_version: number;
  readonly reminder: ReminderStage | null;
  readonly reminder_at: number | null;
}

type PolicyRow = PolicyColumns & ReminderColumns;

interface DueRow {
  readonly id: string;
  readonly policy_version: number;
  readonly required_from: number;
  readonly allowed_methods: string | null;
  readonly reminder: ReminderStage;
  readonly reminder_at: number;
}

interface UnprotectedRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly method: string | null;
}

export function policyStore({ sql, isInsideTransaction }: Database): PolicyStore {
  return {
    async find(organizationId) {
      const row = await sql.first<PolicyRow>(
        `SELECT ${policyColumns}, o.policy_version, o.reminder, o.reminder_at FROM organizations o WHERE o.id = ?`,
        [organizationId],
      );
      if (row === undefined) throw new Error('There is no such organisation.');
      return toStoredPolicy(row);
    },
    async replace(organizationId, version, policy, reminder) {
      const replaced = await sql.run(
        `UPDATE organizations SET two_factor_required = ?, required_from = ?, allowed_methods = ?,
           trusted_browsers_allowed = ?, reminder = ?, reminder_at = ?, policy_version = policy_version + 1
         WHERE id = ? AND policy_version = ?`,
        [
          policy.twoFactorRequired,
          policy.requiredFrom,
          fromMethods(policy.allowedMethods),
          policy.trustedBrowsersAllowed,
          ...columnsOf(reminder),
          organizationId,
          version,
        ],
      );
      return replaced === 1;
    },
    count: (organizationId, allowed) => countUnprotected(sql, organizationId, allowed),
    unprotected: (organizationId, allowed, page) => readUnprotected(sql, organizationId, allowed, page),
    async dueReminders(now, first) {
      const rows = await sql.all<DueRow>(
        `SELECT id, policy_version, required_from, allowed_methods, reminder, reminder_at
         FROM organizations ${along(sql, 'ix_organizations_reminder')} WHERE reminder_at <= ?
         ORDER BY reminder_at, id LIMIT ?`,
        [now, first],
      );
      return rows.map(toDue);
    },
    async hold(due) {
      if (!isInsideTransaction()) throw new Error('A lock without a transaction would be gone at once.');
      return setReminder(sql, due, due.reminder);
    },
    async claim({ requiredFrom }, stage, userId) {
      const ignoring = sql.dialect === 'sqlite' ? 'OR IGNORE' : 'IGNORE';
      const claimed = await sql.run(
        `INSERT ${ignoring} INTO policy_reminders (id, user_id, expires_at) VALUES (?, ?, ?)`,
        [`${stage}:${String(requiredFrom)}:${userId}`, userId, requiredFrom],
      );
      return claimed === 1;
    },
    finish: (due, next) => setReminder(sql, due, next),
  };
}

/** Where it is still the one that was due. */
async function setReminder(sql: Sql, due: DueReminder, reminder: Reminder | null): Promise<boolean> {
  const matched = await sql.run(
    `UPDATE organizations SET reminder = ?, reminder_at = ?
     WHERE id = ? AND policy_version = ? AND reminder = ? AND reminder_at = ?`,
    [...columnsOf(reminder), due.organizationId, due.version, ...columnsOf(due.reminder)],
  );
  return matched === 1;
}

const columnsOf = (reminder: Reminder | null): Value[] => [reminder?.stage ?? null, reminder?.at ?? null];

/** True of those whose every method is ruled out. Counted one by one: of NOT EXISTS, MariaDB makes a table of all factors first. */
function ruledOut(allowed: Policy['allowedMethods']): {
  readonly text: string;
  readonly values: readonly Value[];
} {
  if (allowed === null) return { text: '(1 = 0)', values: [] };
  const held = `SELECT COUNT(*) FROM factors f WHERE f.user_id = u.id AND f.kind IN (${placeholders(allowed.length)})`;
  return { text: `(t.user_id IS NOT NULL AND (${held}) = 0)`, values: allowed };
}

async function countUnprotected(
  sql: Sql,
  organizationId: string,
  allowed: Policy['allowedMethods'],
): Promise<ProtectionCounts> {
  const { text, values } = ruledOut(allowed);
  const row = await sql.first<ProtectionCounts>(
    `SELECT COUNT(*) AS everybody,
       COUNT(CASE WHEN t.user_id IS NULL THEN 1 END) AS withoutTwoFactor,
       COUNT(CASE WHEN ${text} THEN 1 END) AS methodRuledOut
     FROM users u ${twoFactorJoin} WHERE u.organization_id = ? AND u.disabled_at IS NULL`,
    [...values, organizationId],
  );
  return row ?? { everybody: 0, withoutTwoFactor: 0, methodRuledOut: 0 };
}

async function readUnprotected(
  sql: Sql,
  organizationId: string,
  allowed: Policy['allowedMethods'],
  { after, first }: { readonly after: string | null; readonly first: number },
): Promise<Unprotected[]> {
  const { text, values } = ruledOut(allowed);
  // No email is empty. Left alone, MariaDB would read everybody and sort.
  const index = sql.dialect === 'sqlite' ? '' : 'FORCE INDEX (ix_users_email)';
  const rows = await sql.all<UnprotectedRow>(
    `SELECT u.id, u.email, u.name, t.method FROM users u ${index} ${twoFactorJoin}
     WHERE u.organization_id = ? AND u.email > ? AND u.disabled_at IS NULL AND (t.user_id IS NULL OR ${text})
     ORDER BY u.email LIMIT ?`,
    [organizationId, after ?? '', ...values, first],
  );
  return rows.map(({ id, email, name, method }) => ({ id, email, name, methodRuledOut: method !== null }));
}

function toStoredPolicy(row: PolicyRow): StoredPolicy {
  const { policy_version: version, reminder: stage, reminder_at: at } = row;
  return { ...toPolicy(row), version, reminder: stage === null || at === null ? null : { stage, at } };
}

function toDue(row: DueRow): DueReminder {
  return {
    organizationId: row.id,
    version: row.policy_version,
    requiredFrom: row.required_from,
    allowedMethods: toMethods(row.allowed_methods),
    reminder: { stage: row.reminder, at: row.reminder_at },
  };
}
