import type { QueryRunner } from 'typeorm';
import { addColumn } from './columns.js';
import type { Migration } from './migration.js';

/** Accounts whose owner has said "this wasn't me". */
export class WayBack1762000000015 implements Migration {
  readonly losses = [
    {
      what: 'accounts that take a new password before anybody signs in',
      count: 'SELECT COUNT(*) AS total FROM users WHERE password_reset_due <> 0',
    },
  ];

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'users', 'password_reset_due', 'boolean NOT NULL DEFAULT 0');
    await addColumn(runner, 'users', 'factors_frozen_until', 'bigint NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN factors_frozen_until');
    await runner.query('ALTER TABLE users DROP COLUMN password_reset_due');
  }
}
