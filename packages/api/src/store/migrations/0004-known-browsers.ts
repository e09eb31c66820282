import type { QueryRunner } from 'typeorm';
import { addColumn } from './columns.js';
import type { Migration } from './migration.js';

/** By which a browser is known again, and since when a password is the present one. */
export class KnownBrowsers1762000000004 implements Migration {
  readonly losses = [
    {
      what: 'moments at which a password was set',
      count: 'SELECT COUNT(*) AS total FROM users WHERE password_set_at > 0',
    },
    {
      what: 'sessions whose browser is known',
      count: 'SELECT COUNT(*) AS total FROM sessions WHERE browser_id IS NOT NULL',
    },
  ];

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'users', 'password_set_at', 'bigint NOT NULL DEFAULT 0');
    await addColumn(runner, 'sessions', 'browser_id', 'varchar(36) NULL');
    await addColumn(runner, 'challenges', 'browser_id', 'varchar(36) NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE challenges DROP COLUMN browser_id');
    await runner.query('ALTER TABLE sessions DROP COLUMN browser_id');
    await runner.query('ALTER TABLE users DROP COLUMN password_set_at');
  }
}
