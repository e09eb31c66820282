import type { QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { addColumn, addIndex, foreignKey, index, integer, primaryId, varchar } from './columns.js';
import type { Migration } from './migration.js';

/** Where sessions were begun and used, and browsers in which the second factor is not asked for. */
export class Devices1762000000010 implements Migration {
  readonly losses = [
    {
      what: 'sessions whose device and address are known',
      count: 'SELECT COUNT(*) AS total FROM sessions WHERE device IS NOT NULL OR address IS NOT NULL',
    },
    { what: 'trusted browsers', count: 'SELECT COUNT(*) AS total FROM trusted_browsers' },
  ];

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'sessions', 'device', 'varchar(255) NULL');
    await addColumn(runner, 'sessions', 'address', 'varchar(64) NULL');
    await addIndex(runner, 'sessions', 'ix_sessions_user_seen', 'user_id, last_seen_at, id');
    // The new one begins with the same column, which the foreign key wants.
    await runner.dropIndex('sessions', 'ix_sessions_user', true);
    await runner.createTable(trustedBrowsers(runner), true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('trusted_browsers', true);
    await addIndex(runner, 'sessions', 'ix_sessions_user', 'user_id');
    await runner.dropIndex('sessions', 'ix_sessions_user_seen', true);
    await runner.query('ALTER TABLE sessions DROP COLUMN address');
    await runner.query('ALTER TABLE sessions DROP COLUMN device');
  }
}

const trustedBrowsers = (runner: QueryRunner) =>
  new Table({
    name: 'trusted_browsers',
    columns: [
      primaryId(runner, 'pk_trusted_browsers'),
      varchar(runner, 'user_id', 36),
      varchar(runner, 'organization_id', 36),
      varchar(runner, 'token_hash', 128),
      varchar(runner, 'previous_hash', 128, { isNullable: true }),
      integer('rotated_at'),
      varchar(runner, 'device', 255, { isNullable: true }),
      varchar(runner, 'address', 64, { isNullable: true }),
      integer('created_at'),
      integer('last_used_at'),
      integer('expires_at'),
    ],
    indices: [
      index('ix_trusted_browsers_user', 'user_id', 'last_used_at', 'id'),
      index('ix_trusted_browsers_organization', 'organization_id'),
      index('ix_trusted_browsers_expiry', 'expires_at'),
    ],
    foreignKeys: [foreignKey('fk_trusted_browsers_user', 'user_id', 'users', 'id', 'CASCADE')],
  });
