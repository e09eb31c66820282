import type { QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { index, integer, primaryId, varchar } from './columns.js';
import type { Migration } from './migration.js';

/** Whose a text was, for the days in which its carrier may report of it. */
export class SentTexts1762000000005 implements Migration {
  readonly losses = [
    {
      what: 'texts whose delivery could still be reported',
      count: 'SELECT COUNT(*) AS total FROM sent_texts',
    },
  ];

  async up(runner: QueryRunner): Promise<void> {
    const table = new Table({
      name: 'sent_texts',
      columns: [
        primaryId(runner, 'pk_sent_texts', 'receipt', 120),
        varchar(runner, 'user_id', 36),
        varchar(runner, 'organization_id', 36),
        varchar(runner, 'method', 32),
        integer('sent_at'),
        varchar(runner, 'outcome', 40, { isNullable: true }),
        integer('expires_at'),
      ],
      indices: [index('ix_sent_texts_expiry', 'expires_at')],
    });
    await runner.createTable(table, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sent_texts', true);
  }
}
