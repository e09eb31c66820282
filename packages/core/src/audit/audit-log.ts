import type { Instant } from '../ports.js';
import type { ProblemCode } from '../problem.js';
import type { FactorKind } from '../two-factor/second-factor.js';

/** What was attempted: operations of the API, what the service does for them, and last what an operator does. */
export const auditActions = [
  'SIGN_IN',
  'SEND_SIGN_IN_CODE',
  'VERIFY_TWO_FACTOR_CODE',
  'VERIFY_RECOVERY_CODE',
  'USE_TRUSTED_BROWSER',
  'TRUST_BROWSER',
  'SIGN_OUT',
  'CONFIRM_PASSWORD',
  'CHANGE_PASSWORD',
  'END_SESSION',
  'END_OTHER_SESSIONS',
  'REMOVE_TRUSTED_BROWSER',
  'REMOVE_TRUSTED_BROWSERS',
  'START_TWO_FACTOR',
  'ENABLE_TWO_FACTOR',
  'DISABLE_TWO_FACTOR',
  'VIEW_SETTINGS',
  'START_PHONE_CHANGE',
  'CONFIRM_PHONE_CHANGE',
  'REMOVE_BACKUP_PHONE',
  'REGENERATE_RECOVERY_CODE',
  'END_USER_SESSIONS',
  'OPEN_SEALED_VALUE',
  'DELIVER_TEXT',
  'INVITE_USER',
  'RESEND_INVITATION',
  'WITHDRAW_INVITATION',
  'ACCEPT_INVITATION',
  'REQUEST_PASSWORD_RESET',
  'RESET_PASSWORD',
  'SET_FIRST_PASSWORD',
  'REQUEST_EMAIL_CHANGE',
  'CONFIRM_EMAIL_CHANGE',
  'UPDATE_POLICY',
  'CREATE_USER',
  'ISSUE_FIRST_LINK',
  'RESET_TWO_FACTOR',
  'DEACTIVATE_USER',
  'REACTIVATE_USER',
  'REPORT_NOT_ME',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** How it ended: DONE, CHALLENGED where a second factor is due, ALTERED where what is stored did not open, UNDELIVERED or EXPIRED
 *  as a carrier reported of a text, or the code of the problem. */
export type AuditOutcome = 'DONE' | 'CHALLENGED' | 'ALTERED' | 'UNDELIVERED' | 'EXPIRED' | ProblemCode;

/** What the rules know of an attempt. The store adds when, from where and by which request. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  /** The account that it was about; null where no account has the email. */
  readonly userId: string | null;
  readonly organizationId: string | null;
  readonly method: FactorKind | null;
  /** The session in which it was attempted, or that it opened. */
  readonly sessionId: string | null;
  /** Who did it, where that was another than the account's owner. */
  readonly actorId?: string | null;
  /** What was said of it, as the reason of a reset: up to 200 characters, shown to administrators. Never a secret. */
  readonly detail?: string | null;
}

/** One line of the log. */
export interface AuditEvent extends AuditEntry {
  readonly id: string;
  readonly at: Instant;
  readonly actorId: string | null;
  readonly detail: string | null;
  /** The client's address and the browser or program, as the request told them; of a text, the carrier and its error code. */
  readonly address: string | null;
  readonly device: string | null;
  readonly requestId: string | null;
}

/** A line as it is shown. */
export interface ShownEvent extends AuditEvent {
  /** As the account is called now; null where there is none. */
  readonly userName: string | null;
  /** The same of the actor. */
  readonly actorName: string | null;
}

export interface AuditFilter {
  readonly organizationId: string;
  /** null: of everybody in the organisation. */
  readonly userId: string | null;
  readonly action: AuditAction | null;
  /** True: only what was done; false: only what was not. */
  readonly succeeded: boolean | null;
  readonly since: Instant | null;
  readonly until: Instant | null;
}

export interface AuditPageQuery extends AuditFilter {
  readonly first: number;
  /** The event behind which the page begins, newest first. */
  readonly after: { readonly at: Instant; readonly id: string } | null;
}

export interface AuditPage {
  readonly events: readonly ShownEvent[];
  readonly hasNextPage: boolean;
}

/** Append-only: there is no way to change or delete a line but retention, which leaves a signed checkpoint. */
export interface AuditLog {
  /** Adds a line in the transaction in hand: it stands if what it tells of stands, and else not. */
  record(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  page(query: AuditPageQuery): Promise<AuditPage>;
}
