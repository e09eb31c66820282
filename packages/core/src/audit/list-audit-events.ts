import { BadInput, Forbidden } from '../refusal.js';
import type { User } from '../users/user.js';
import type { AuditLog, AuditPage, AuditPageQuery } from './audit-log.js';

export interface ListAuditEventsInput extends Omit<AuditPageQuery, 'organizationId'> {
  /** Of everybody in the organisation, where no user is named. For ADMIN and OWNER. */
  readonly everybody: boolean;
}

/** auditEvents: everybody sees the own events; administrators and owners also the organisation's. */
export function listAuditEvents(deps: { readonly audit: AuditLog }) {
  return (viewer: User, { everybody, ...query }: ListAuditEventsInput): Promise<AuditPage> => {
    if (query.first < 1 || query.first > 100) throw new BadInput('first must be from 1 to 100.');
    const userId = query.userId ?? (everybody ? null : viewer.id);
    if (userId !== viewer.id && viewer.role === 'MEMBER') {
      throw new Forbidden('The events of others are for administrators and owners.');
    }
    return deps.audit.page({ ...query, userId, organizationId: viewer.organization.id });
  };
}
