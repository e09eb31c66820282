import type { QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { addColumn, foreignKey, index, integer, primaryId, text, unique, varchar } from './columns.js';
import type { Migration } from './migration.js';

/** Links that are mailed, and who did what to another's account. */
export class Links1762000000007 implements Migration {
  readonly losses = [
    { what: 'links that were mailed', count: 'SELECT COUNT(*) AS total FROM links' },
    {
      what: 'lines of the audit log that name an administrator, whose seals need that',
      count: 'SELECT COUNT(*) AS total FROM audit_events WHERE actor_id IS NOT NULL OR detail IS NOT NULL',
    },
  ];

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(links(runner), true);
    await addColumn(runner, 'audit_events', 'actor_id', 'varchar(36) NULL');
    await addColumn(runner, 'audit_events', 'detail', 'varchar(255) NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_events DROP COLUMN detail');
    await runner.query('ALTER TABLE audit_events DROP COLUMN actor_id');
    await runner.dropTable('links', true);
  }
}

const links = (runner: QueryRunner) =>
  new Table({
    name: 'links',
    columns: [
      primaryId(runner, 'pk_links'),
      varchar(runner, 'purpose', 32),
      varchar(runner, 'token_hash', 128),
      varchar(runner, 'organization_id', 36),
      varchar(runner, 'user_id', 36, { isNullable: true }),
      varchar(runner, 'created_by', 36, { isNullable: true }),
      text(runner, 'payload', { isNullable: true }),
      integer('created_at'),
      integer('expires_at'),
    ],
    indices: [
      unique('uq_links_token_hash', 'token_hash'),
      index('ix_links_user', 'user_id', 'purpose'),
      index('ix_links_organization', 'organization_id', 'purpose', 'created_at', 'id'),
      index('ix_links_expiry', 'expires_at'),
    ],
    foreignKeys: [foreignKey('fk_links_user', 'user_id', 'users', 'id', 'CASCADE')],
  });
