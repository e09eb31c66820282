import { EntitySchema } from 'typeorm';

export interface AuditEventRow {
  readonly id: string;
  readonly at: number;
  readonly action: string;
  readonly outcome: string;
  readonly organization_id: string | null;
  readonly user_id: string | null;
  readonly method: string | null;
  readonly session_id: string | null;
  readonly address: string | null;
  readonly device: string | null;
  readonly request_id: string | null;
  readonly actor_id: string | null;
  readonly detail: string | null;
  /** Null until it is sealed. */
  readonly position: number | null;
  readonly seal: string | null;
}

/** Without foreign keys: a line outlives what it tells of. */
export const auditEventTable = new EntitySchema<AuditEventRow>({
  name: 'audit_events',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_audit_events' },
    at: { type: 'bigint' },
    action: { type: 'varchar', length: 40 },
    outcome: { type: 'varchar', length: 40 },
    organization_id: { type: 'varchar', length: 36, nullable: true },
    user_id: { type: 'varchar', length: 36, nullable: true },
    method: { type: 'varchar', length: 32, nullable: true },
    session_id: { type: 'varchar', length: 36, nullable: true },
    address: { type: 'varchar', length: 64, nullable: true },
    device: { type: 'varchar', length: 255, nullable: true },
    request_id: { type: 'varchar', length: 64, nullable: true },
    actor_id: { type: 'varchar', length: 36, nullable: true },
    detail: { type: 'varchar', length: 255, nullable: true },
    position: { type: 'bigint', nullable: true },
    seal: { type: 'varchar', length: 120, nullable: true },
  },
  indices: [
    { name: 'ix_audit_events_organization', columns: ['organization_id', 'at', 'id'] },
    { name: 'ix_audit_events_user', columns: ['organization_id', 'user_id', 'at', 'id'] },
    { name: 'ix_audit_events_action', columns: ['organization_id', 'action', 'at', 'id'] },
    { name: 'uq_audit_events_position', columns: ['position'], unique: true },
  ],
});

export interface AuditChainRow {
  readonly id: number;
  readonly position: number;
  readonly seal: string;
}

/** One row: the end of the chain. */
export const auditChainTable = new EntitySchema<AuditChainRow>({
  name: 'audit_chain',
  columns: {
    id: { type: 'bigint', primary: true, primaryKeyConstraintName: 'pk_audit_chain' },
    position: { type: 'bigint' },
    seal: { type: 'varchar', length: 120 },
  },
});

export interface AuditCheckpointRow {
  readonly position: number;
  readonly seal: string;
  readonly signature: string;
  readonly made_at: number;
}

export const auditCheckpointTable = new EntitySchema<AuditCheckpointRow>({
  name: 'audit_checkpoints',
  columns: {
    position: { type: 'bigint', primary: true, primaryKeyConstraintName: 'pk_audit_checkpoints' },
    seal: { type: 'varchar', length: 120 },
    signature: { type: 'varchar', length: 120 },
    made_at: { type: 'bigint' },
  },
});
