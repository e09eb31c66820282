import type { AuditEvent, AuditFilter, AuditLog } from '../audit/audit-log.js';
import type { MemoryDatabase } from './memory-database.js';

/** Its moments are a count: what a test looks at is the order. */
export function memoryAudit({ read, write }: MemoryDatabase): AuditLog {
  return {
    record: (entry) =>
      write((tables) => {
        const at = tables.auditEvents.size + 1;
        const id = `event-${String(at).padStart(6, '0')}`;
        const { actorId = null, detail = null } = entry;
        const origin = { address: null, device: null, requestId: null };
        tables.auditEvents.set(id, { ...entry, actorId, detail, id, at, ...origin });
      }),
    page: ({ first, after, ...filter }) =>
      read((tables) => {
        const matching = [...tables.auditEvents.values()]
          .filter((event) => matches(filter, event) && (!after || event.at < after.at))
          .sort((a, b) => b.at - a.at);
        const events = matching.slice(0, first).map((event) => ({
          ...event,
          userName: tables.users.get(event.userId ?? '')?.name ?? null,
          actorName: tables.users.get(event.actorId ?? '')?.name ?? null,
        }));
        return { events, hasNextPage: matching.length > first };
      }),
  };
}

function matches(filter: AuditFilter, event: AuditEvent): boolean {
  return (
    event.organizationId === filter.organizationId &&
    (filter.userId === null || event.userId === filter.userId) &&
    (filter.action === null || event.action === filter.action) &&
    (filter.succeeded === null || filter.succeeded === ['DONE', 'CHALLENGED'].includes(event.outcome)) &&
    (filter.since === null || event.at >= filter.since) &&
    (filter.until === null || event.at < filter.until)
  );
}
