import type { QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { addColumn, addIndex, foreignKey, index, integer, primaryId, varchar } from './columns.js';
import type { Migration } from './migration.js';

/** From when an organisation demands two-factor, whether it trusts browsers, and whom it has reminded. */
export class Policy1762000000009 implements Migration {
  readonly losses = [
    {
      what: 'deadlines of organisations, which then demand two-factor authentication at once',
      count: 'SELECT COUNT(*) AS total FROM organizations WHERE required_from IS NOT NULL',
    },
    {
      what: 'organisations that let browsers be trusted',
      count: 'SELECT COUNT(*) AS total FROM organizations WHERE trusted_browsers_allowed = 1',
    },
    {
      what: 'notes of who was reminded of a deadline',
      count: 'SELECT COUNT(*) AS total FROM policy_reminders',
    },
  ];

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'organizations', 'required_from', 'bigint NULL');
    await addColumn(runner, 'organizations', 'trusted_browsers_allowed', 'boolean NOT NULL DEFAULT 0');
    await addColumn(runner, 'organizations', 'policy_version', 'bigint NOT NULL DEFAULT 0');
    await addColumn(runner, 'organizations', 'reminder', 'varchar(16) NULL');
    await addColumn(runner, 'organizations', 'reminder_at', 'bigint NULL');
    await addIndex(runner, 'organizations', 'ix_organizations_reminder', 'reminder_at, id');
    await runner.createTable(reminders(runner), true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('policy_reminders', true);
    await runner.dropIndex('organizations', 'ix_organizations_reminder', true);
    for (const column of [
      'reminder_at',
      'reminder',
      'policy_version',
      'trusted_browsers_allowed',
      'required_from',
    ])
      await runner.query(`ALTER TABLE organizations DROP COLUMN ${column}`);
  }
}

const reminders = (runner: QueryRunner) =>
  new Table({
    name: 'policy_reminders',
    columns: [
      primaryId(runner, 'pk_policy_reminders', 'id', 80),
      varchar(runner, 'user_id', 36),
      integer('expires_at'),
    ],
    indices: [
      index('ix_policy_reminders_user', 'user_id'),
      index('ix_policy_reminders_expiry', 'expires_at'),
    ],
    foreignKeys: [foreignKey('fk_policy_reminders_user', 'user_id', 'users', 'id', 'CASCADE')],
  });
