import type { QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { addIndex, foreignKey, index, integer, primaryId, text, unique, varchar, yesNo } from './columns.js';
import type { Migration } from './migration.js';

/** The tables of version 1. Each one is made where it is missing: MariaDB commits after every DDL statement, so a
 *  migration that was cut short is continued by running it again. */
export class FirstTables1762000000001 implements Migration {
  readonly losses = [
    { what: 'organisations', count: 'SELECT COUNT(*) AS total FROM organizations' },
    { what: 'users', count: 'SELECT COUNT(*) AS total FROM users' },
    { what: 'protected accounts', count: 'SELECT COUNT(*) AS total FROM two_factors' },
  ];

  async up(runner: QueryRunner): Promise<void> {
    for (const table of [
      organizations(runner),
      users(runner),
      sessions(runner),
      challenges(runner),
      twoFactors(runner),
      factors(runner),
      setups(runner),
      limits(runner),
    ]) {
      await runner.createTable(table, true);
    }
    await addIndex(runner, 'users', 'ix_users_name_desc', 'organization_id, name_key DESC, id');
    await addIndex(runner, 'users', 'ix_users_role_desc', 'organization_id, role DESC, id');
    await addIndex(
      runner,
      'users',
      'ix_users_last_sign_in_desc',
      'organization_id, last_sign_in_at DESC, id',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const newestFirst = [
      'limits',
      'setups',
      'factors',
      'two_factors',
      'challenges',
      'sessions',
      'users',
      'organizations',
    ];
    for (const table of newestFirst) await runner.dropTable(table, true);
  }
}

const organizations = (runner: QueryRunner) =>
  new Table({
    name: 'organizations',
    columns: [
      primaryId(runner, 'pk_organizations'),
      varchar(runner, 'name', 200),
      yesNo('two_factor_required'),
      text(runner, 'allowed_methods', { isNullable: true }),
      integer('created_at'),
    ],
  });

const users = (runner: QueryRunner) =>
  new Table({
    name: 'users',
    columns: [
      primaryId(runner, 'pk_users'),
      varchar(runner, 'organization_id', 36),
      varchar(runner, 'email', 320),
      varchar(runner, 'email_key', 500),
      varchar(runner, 'name', 200),
      varchar(runner, 'name_key', 500),
      varchar(runner, 'role', 16),
      varchar(runner, 'password_hash', 255),
      integer('disabled_at', { isNullable: true }),
      integer('created_at'),
      integer('last_sign_in_at', { isNullable: true }),
    ],
    indices: [
      unique('uq_users_email', 'email'),
      index('ix_users_name', 'organization_id', 'name_key', 'id'),
      index('ix_users_email', 'organization_id', 'email', 'id'),
      index('ix_users_role', 'organization_id', 'role', 'id'),
      index('ix_users_last_sign_in', 'organization_id', 'last_sign_in_at', 'id'),
    ],
    foreignKeys: [foreignKey('fk_users_organization', 'organization_id', 'organizations', 'id', 'RESTRICT')],
  });

const sessions = (runner: QueryRunner) =>
  new Table({
    name: 'sessions',
    columns: [
      primaryId(runner, 'pk_sessions'),
      varchar(runner, 'user_id', 36),
      varchar(runner, 'token_hash', 128),
      integer('signed_in_at'),
      integer('last_seen_at'),
      integer('idle_expires_at'),
      integer('absolute_expires_at'),
      yesNo('keep_signed_in'),
      integer('password_confirmed_until', { isNullable: true }),
      integer('phone_change_free_until', { isNullable: true }),
    ],
    indices: [
      unique('uq_sessions_token_hash', 'token_hash'),
      index('ix_sessions_user', 'user_id'),
      index('ix_sessions_idle_expiry', 'idle_expires_at'),
      index('ix_sessions_absolute_expiry', 'absolute_expires_at'),
    ],
    foreignKeys: [foreignKey('fk_sessions_user', 'user_id', 'users', 'id', 'CASCADE')],
  });

const challenges = (runner: QueryRunner) =>
  new Table({
    name: 'challenges',
    columns: [
      primaryId(runner, 'pk_challenges'),
      varchar(runner, 'user_id', 36),
      varchar(runner, 'token_hash', 128),
      varchar(runner, 'transport', 16),
      yesNo('keep_signed_in'),
      integer('created_at'),
      integer('expires_at'),
      varchar(runner, 'sent_slot', 16, { isNullable: true }),
      varchar(runner, 'sent_code_digest', 255, { isNullable: true }),
      integer('sent_expires_at', { isNullable: true }),
    ],
    indices: [
      unique('uq_challenges_token_hash', 'token_hash'),
      index('ix_challenges_user', 'user_id'),
      index('ix_challenges_expiry', 'expires_at'),
    ],
    foreignKeys: [foreignKey('fk_challenges_user', 'user_id', 'users', 'id', 'CASCADE')],
  });

const twoFactors = (runner: QueryRunner) =>
  new Table({
    name: 'two_factors',
    columns: [
      primaryId(runner, 'pk_two_factors', 'user_id'),
      varchar(runner, 'method', 32),
      integer('enabled_at'),
      integer('last_used_at', { isNullable: true }),
      varchar(runner, 'recovery_code_hash', 128),
      integer('recovery_code_created_at'),
    ],
    foreignKeys: [foreignKey('fk_two_factors_user', 'user_id', 'users', 'id', 'CASCADE')],
  });

const factors = (runner: QueryRunner) =>
  new Table({
    name: 'factors',
    columns: [
      primaryId(runner, 'pk_factors'),
      varchar(runner, 'user_id', 36),
      varchar(runner, 'kind', 32),
      varchar(runner, 'slot', 16),
      text(runner, 'sealed'),
      integer('used_step', { isNullable: true }),
      integer('created_at'),
    ],
    indices: [unique('uq_factors_slot', 'user_id', 'kind', 'slot')],
    foreignKeys: [foreignKey('fk_factors_two_factor', 'user_id', 'two_factors', 'user_id', 'CASCADE')],
  });

const setups = (runner: QueryRunner) =>
  new Table({
    name: 'setups',
    columns: [
      primaryId(runner, 'pk_setups'),
      varchar(runner, 'user_id', 36),
      varchar(runner, 'session_id', 36),
      varchar(runner, 'purpose', 16),
      varchar(runner, 'kind', 32),
      varchar(runner, 'slot', 16),
      text(runner, 'sealed'),
      varchar(runner, 'sent_slot', 16, { isNullable: true }),
      varchar(runner, 'sent_code_digest', 255, { isNullable: true }),
      integer('sent_expires_at', { isNullable: true }),
      { name: 'wrong_codes', type: 'integer' },
      integer('created_at'),
      integer('expires_at'),
    ],
    indices: [
      unique('uq_setups_slot', 'session_id', 'purpose', 'slot'),
      index('ix_setups_user', 'user_id'),
      index('ix_setups_expiry', 'expires_at'),
    ],
    foreignKeys: [foreignKey('fk_setups_session', 'session_id', 'sessions', 'id', 'CASCADE')],
  });

const limits = (runner: QueryRunner) =>
  new Table({
    name: 'limits',
    columns: [
      primaryId(runner, 'pk_limits', 'limit_key', 255),
      text(runner, 'state', { isNullable: true }),
      integer('expires_at'),
    ],
    indices: [index('ix_limits_expiry', 'expires_at')],
  });
