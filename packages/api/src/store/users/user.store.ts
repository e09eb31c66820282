import type { Credentials, UserStore } from '@twofold/core/users/user-store';
import type { Database } from '../data-source.js';
import { isUniqueViolation } from '../engine/database-unavailable.js';
import { createUser, NO_PASSWORD, setEmail } from './create-account.js';
import type { JoinedUser } from './user-row.js';
import { toUser, userColumns, userJoins } from './user-row.js';
import type { UserRow } from './user.table.js';
import { countUsers, readPage } from './users-page.js';

type CredentialsRow = JoinedUser &
  Pick<UserRow, 'password_hash' | 'password_set_at' | 'disabled_at'> & {
    readonly password_reset_due: number;
  };

export function userStore({ sql, lateReads }: Database): UserStore {
  async function credentials(column: 'id' | 'email', value: string): Promise<Credentials | null> {
    const row = await sql.first<CredentialsRow>(
      `SELECT u.password_hash, u.password_set_at, u.disabled_at, u.password_reset_due, ${userColumns} FROM users u ${userJoins} WHERE u.${column} = ?`,
      [value],
    );
    if (row === undefined) return null;
    return {
      user: toUser(row),
      passwordHash: row.password_hash === NO_PASSWORD ? null : row.password_hash,
      passwordSetAt: row.password_set_at,
      disabled: row.disabled_at !== null,
      passwordResetDue: row.password_reset_due !== 0,
    };
  }

  return {
    credentialsByEmail: (email) => credentials('email', email),
    credentialsById: (id) => credentials('id', id),
    async find(id, organizationId) {
      const row = await sql.first<JoinedUser>(
        `SELECT ${userColumns} FROM users u ${userJoins} WHERE u.id = ? AND u.organization_id = ?`,
        [id, organizationId],
      );
      return row === undefined ? null : toUser(row);
    },
    page: (query) => readPage(lateReads, query),
    count: (filter) => countUsers(lateReads, filter),
    add: (account) => unlessTaken(() => createUser(sql, account)),
    setEmail: (id, email) => unlessTaken(() => setEmail(sql, id, email)),
    async setPasswordHash(id, hash, at) {
      const set =
        'UPDATE users SET password_hash = ?, password_set_at = ?, password_reset_due = ? WHERE id = ?';
      await sql.run(set, [hash, at, false, id]);
    },
    async secure(id, factorsFrozenUntil) {
      const set = 'UPDATE users SET password_reset_due = ?, factors_frozen_until = ? WHERE id = ?';
      await sql.run(set, [true, factorsFrozenUntil, id]);
    },
    async setDisabledAt(id, at) {
      await sql.run('UPDATE users SET disabled_at = ? WHERE id = ?', [at, id]);
    },
    async setLastSignInAt(id, at) {
      await sql.run('UPDATE users SET last_sign_in_at = ? WHERE id = ?', [at, id]);
    },
  };
}

/** The unique index of the emails decides: who looked first could be told no although both saw it free. */
async function unlessTaken(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
