import type { QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { primaryId, text } from './columns.js';
import type { Migration } from './migration.js';

/** What tells a wrong key before it seals or opens anything. */
export class KeyChecks1762000000002 implements Migration {
  readonly losses = [
    { what: 'keys that the start is checked against', count: 'SELECT COUNT(*) AS total FROM key_checks' },
  ];

  async up(runner: QueryRunner): Promise<void> {
    const table = new Table({
      name: 'key_checks',
      columns: [primaryId(runner, 'pk_key_checks', 'key_id', 32), text(runner, 'sealed')],
    });
    await runner.createTable(table, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('key_checks', true);
  }
}
