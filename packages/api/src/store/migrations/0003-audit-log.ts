import type { QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { index, integer, primaryId, unique, varchar } from './columns.js';
import type { Migration } from './migration.js';

/** The audit log, its chain and its checkpoints. */
export class AuditLog1762000000003 implements Migration {
  readonly losses = [
    { what: 'lines of the audit log', count: 'SELECT COUNT(*) AS total FROM audit_events' },
    { what: 'checkpoints of the audit log', count: 'SELECT COUNT(*) AS total FROM audit_checkpoints' },
  ];

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [events(runner), chain(runner), checkpoints(runner)])
      await runner.createTable(table, true);
    // The row that sealers lock has to be there before the first of them.
    const [end] = (await runner.query('SELECT id FROM audit_chain WHERE id = 1')) as unknown[];
    if (end === undefined)
      await runner.query("INSERT INTO audit_chain (id, position, seal) VALUES (1, 0, '')");
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_checkpoints', 'audit_chain', 'audit_events'])
      await runner.dropTable(table, true);
  }
}

const events = (runner: QueryRunner) =>
  new Table({
    name: 'audit_events',
    columns: [
      primaryId(runner, 'pk_audit_events'),
      integer('at'),
      varchar(runner, 'action', 40),
      varchar(runner, 'outcome', 40),
      varchar(runner, 'organization_id', 36, { isNullable: true }),
      varchar(runner, 'user_id', 36, { isNullable: true }),
      varchar(runner, 'method', 32, { isNullable: true }),
      varchar(runner, 'session_id', 36, { isNullable: true }),
      varchar(runner, 'address', 64, { isNullable: true }),
      varchar(runner, 'device', 255, { isNullable: true }),
      varchar(runner, 'request_id', 64, { isNullable: true }),
      integer('position', { isNullable: true }),
      varchar(runner, 'seal', 120, { isNullable: true }),
    ],
    indices: [
      index('ix_audit_events_organization', 'organization_id', 'at', 'id'),
      index('ix_audit_events_user', 'organization_id', 'user_id', 'at', 'id'),
      unique('uq_audit_events_position', 'position'),
    ],
  });

const chain = (runner: QueryRunner) =>
  new Table({
    name: 'audit_chain',
    columns: [
      { ...integer('id'), isPrimary: true, primaryKeyConstraintName: 'pk_audit_chain' },
      integer('position'),
      varchar(runner, 'seal', 120),
    ],
  });

const checkpoints = (runner: QueryRunner) =>
  new Table({
    name: 'audit_checkpoints',
    columns: [
      { ...integer('position'), isPrimary: true, primaryKeyConstraintName: 'pk_audit_checkpoints' },
      varchar(runner, 'seal', 120),
      varchar(runner, 'signature', 120),
      integer('made_at'),
    ],
  });
