import type {
  AuditAction,
  AuditEvent,
  AuditLog,
  AuditOutcome,
  AuditPageQuery,
  ShownEvent,
} from '@twofold/core/audit/audit-log';
import type { Clock, Random } from '@twofold/core/ports';
import type { AuditEventRow } from './audit.table.js';
import type { Database } from '../data-source.js';
import type { Value } from '../engine/sql.js';
import { along, insert } from '../engine/sql.js';

/** Where a request came from, or by which command an operator acts. */
export interface Origin {
  readonly requestId: string;
  /** Null where nobody asked over the network. */
  readonly address: string | null;
  readonly device: string | null;
}

export interface AuditStoreDeps {
  readonly clock: Clock;
  readonly random: Pick<Random, 'id'>;
  /** Of the request or command in hand; null outside of one. */
  readonly origin: () => Origin | null;
}

export const EVENT_COLUMNS =
  'id, at, action, outcome, organization_id, user_id, method, session_id, address, device, request_id, actor_id, detail';

export function auditStore(
  { sql, lateReads, isInsideTransaction }: Database,
  deps: AuditStoreDeps,
): AuditLog {
  return {
    async record(entry) {
      if (!isInsideTransaction())
        throw new Error('A line of the audit log belongs into the transaction that it tells of.');
      const origin = deps.origin();
      await insert(sql, 'audit_events', {
        id: deps.random.id(),
        at: deps.clock.now(),
        action: entry.action,
        outcome: entry.outcome,
        organization_id: entry.organizationId,
        user_id: entry.userId,
        method: entry.method,
        session_id: entry.sessionId,
        address: origin?.address?.slice(0, 64) ?? null,
        device: origin?.device?.slice(0, 255) ?? null,
        request_id: origin?.requestId ?? null,
        actor_id: entry.actorId ?? null,
        detail: entry.detail?.slice(0, 255) ?? null,
      });
    },
    async page(query) {
      const { where, values } = conditionsOf(query);
      // Left alone, a database may walk through the organisation until it has met enough lines of one user or one action.
      const rows = await lateReads.all<ShownRow>(
        `SELECT e.*, u.name AS user_name, a.name AS actor_name FROM (
           SELECT ${EVENT_COLUMNS} FROM audit_events ${along(sql, indexOf(query))} WHERE ${where.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ?
         ) e ${namesOfEvents} ORDER BY e.at DESC, e.id DESC`,
        [...values, query.first + 1],
      );
      const events = rows.slice(0, query.first).map(toShownEvent);
      return { events, hasNextPage: rows.length > query.first };
    },
  };
}

/** Each one in the order of the page. What one user did is little; what happened in an organisation is not. */
function indexOf({ userId, action }: AuditPageQuery): string {
  if (userId !== null) return 'ix_audit_events_user';
  return action === null ? 'ix_audit_events_organization' : 'ix_audit_events_action';
}

function conditionsOf(query: AuditPageQuery): { where: string[]; values: Value[] } {
  const where = ['organization_id = ?'];
  const values: Value[] = [query.organizationId];
  const add = (condition: string, ...more: Value[]) => {
    where.push(condition);
    values.push(...more);
  };
  if (query.userId !== null) add('user_id = ?', query.userId);
  if (query.action !== null) add('action = ?', query.action);
  if (query.succeeded !== null) add(`outcome ${query.succeeded ? '' : 'NOT '}IN ('DONE', 'CHALLENGED')`);
  if (query.since !== null) add('at >= ?', query.since);
  if (query.until !== null) add('at < ?', query.until);
  if (query.after) add('at <= ? AND (at < ? OR id < ?)', query.after.at, query.after.at, query.after.id);
  return { where, values };
}

/** Two names of today. */
export interface ShownRow extends AuditEventRow {
  readonly user_name: string | null;
  readonly actor_name: string | null;
}

export const namesOfEvents = 'LEFT JOIN users u ON u.id = e.user_id LEFT JOIN users a ON a.id = e.actor_id';

export function toShownEvent(row: ShownRow): ShownEvent {
  return { ...toAuditEvent(row), userName: row.user_name, actorName: row.actor_name };
}

export function toAuditEvent(row: AuditEventRow): AuditEvent {
  return {
    id: row.id,
    at: row.at,
    action: row.action as AuditAction,
    outcome: row.outcome as AuditOutcome,
    organizationId: row.organization_id,
    userId: row.user_id,
    method: row.method,
    sessionId: row.session_id,
    address: row.address,
    device: row.device,
    requestId: row.request_id,
    actorId: row.actor_id,
    detail: row.detail,
  };
}
