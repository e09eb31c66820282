import type { QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import type { KeysOfSearch } from '../users/user-parts.js';
import { insertParts } from '../users/user-parts.js';
import { addIndex, foreignKey, index, primaryId, varchar } from './columns.js';
import type { Migration } from './migration.js';

const USERS_AT_ONCE = 200;

/** What keeps a search for users, and the activity of one kind, from reading the whole of a large organisation. */
export class Growth1762000000006 implements Migration {
  /** The parts are made of the users, and are made anew by the next `up`. */
  readonly losses = [];

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(userParts(runner), true);
    await fill(runner);
    await addIndex(runner, 'audit_events', 'ix_audit_events_action', 'organization_id, action, at, id');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('audit_events', 'ix_audit_events_action', true);
    await runner.dropTable('user_parts', true);
  }
}

const userParts = (runner: QueryRunner) =>
  new Table({
    name: 'user_parts',
    withoutRowid: true,
    columns: [
      primaryId(runner, 'pk_user_parts', 'user_id'),
      primaryId(runner, 'pk_user_parts', 'part', 16),
      varchar(runner, 'organization_id', 36),
    ],
    indices: [index('ix_user_parts_search', 'organization_id', 'part', 'user_id')],
    foreignKeys: [foreignKey('fk_user_parts_user', 'user_id', 'users', 'id', 'CASCADE')],
  });

/** Begins anew where it was cut short: parts that are there stay. */
async function fill(runner: QueryRunner): Promise<void> {
  const ignoring = runner.dataSource.options.type === 'better-sqlite3' ? 'OR IGNORE' : 'IGNORE';
  const run = async (statement: string, values: readonly unknown[] = []) => {
    await runner.query(statement, [...values]);
    return 0;
  };
  for (let last = ''; ;) {
    const users = (await runner.query(
      `SELECT id, organization_id, name_key, email_key FROM users WHERE id > ? ORDER BY id LIMIT ${USERS_AT_ONCE}`,
      [last],
    )) as KeysOfSearch[];
    await insertParts(run, users, ignoring);
    if (users.length < USERS_AT_ONCE) return;
    last = users.at(-1)!.id;
  }
}
