import type { Session } from '@twofold/core/session/session';
import type { SessionStore } from '@twofold/core/session/session-store';
import type { Database } from '../data-source.js';
import { DatabaseUnavailable } from '../engine/database-unavailable.js';
import type { SessionRow } from './session.table.js';
import { insert } from '../engine/sql.js';
import type { JoinedUser } from '../users/user-row.js';
import { toUser, userColumns, userJoins } from '../users/user-row.js';

type ReadRow = Omit<SessionRow, 'keep_signed_in'> & { readonly keep_signed_in: number };
type LiveRow = ReadRow & JoinedUser;

// One statement along the unique index of the token's hash: it runs for each request that carries a token.
const COLUMNS = `s.id, s.signed_in_at, s.last_seen_at, s.idle_expires_at, s.absolute_expires_at, s.keep_signed_in, s.device, s.address,
    s.browser_id, s.password_confirmed_until, s.phone_change_free_until`;

const FIND_LIVE = `SELECT ${COLUMNS}, ${userColumns}
  FROM sessions s JOIN users u ON u.id = s.user_id ${userJoins}
  WHERE s.token_hash = ? AND s.idle_expires_at > ? AND s.absolute_expires_at > ? AND u.disabled_at IS NULL`;

export function sessionStore({ sql, transaction }: Database): SessionStore {
  return {
    async create(session, tokenHash) {
      await insert(sql, 'sessions', {
        id: session.id,
        user_id: session.userId,
        token_hash: tokenHash,
        signed_in_at: session.signedInAt,
        last_seen_at: session.lastSeenAt,
        idle_expires_at: session.idleExpiresAt,
        absolute_expires_at: session.absoluteExpiresAt,
        keep_signed_in: session.keepSignedIn,
        device: session.device,
        address: session.address,
        browser_id: session.browserId,
        password_confirmed_until: session.passwordConfirmedUntil,
        phone_change_free_until: session.phoneChangeFreeUntil,
      });
    },
    async findLive(tokenHash, now) {
      const row = await sql.first<LiveRow>(FIND_LIVE, [tokenHash, now, now]);
      return row === undefined ? null : { session: toSession(row), user: toUser(row) };
    },
    async touch(id, lastSeenAt, idleExpiresAt, address) {
      const set = 'UPDATE sessions SET last_seen_at = ?, idle_expires_at = ?, address = ? WHERE id = ?';
      try {
        await sql.run(set, [lastSeenAt, idleExpiresAt, address, id]);
        return true;
      } catch (error) {
        if (error instanceof DatabaseUnavailable) return false;
        throw error;
      }
    },
    async confirmPassword(id, until) {
      await sql.run('UPDATE sessions SET password_confirmed_until = ? WHERE id = ?', [until, id]);
    },
    async freePhoneChange(id, until) {
      await sql.run('UPDATE sessions SET phone_change_free_until = ? WHERE id = ?', [until, id]);
    },
    async end(id) {
      return (await sql.run('DELETE FROM sessions WHERE id = ?', [id])) === 1;
    },
    async list(userId, now, first) {
      const rows = await sql.all<ReadRow>(
        `SELECT s.user_id, ${COLUMNS} FROM sessions s
         WHERE s.user_id = ? AND s.idle_expires_at > ? AND s.absolute_expires_at > ?
         ORDER BY s.last_seen_at DESC, s.id DESC LIMIT ?`,
        [userId, now, now, first],
      );
      return rows.map(toSession);
    },
    async endOf(userId, id, now) {
      const live = 'idle_expires_at > ? AND absolute_expires_at > ?';
      const ended = await sql.run(`DELETE FROM sessions WHERE id = ? AND user_id = ? AND ${live}`, [
        id,
        userId,
        now,
        now,
      ]);
      return ended === 1;
    },
    endAll: (userId, exceptId, now) =>
      transaction(async () => {
        // No id is empty, so '' excepts none.
        const others = [userId, exceptId ?? ''];
        const live = await sql.run(
          'DELETE FROM sessions WHERE user_id = ? AND id <> ? AND idle_expires_at > ? AND absolute_expires_at > ?',
          [...others, now, now],
        );
        await sql.run('DELETE FROM sessions WHERE user_id = ? AND id <> ?', others);
        return live;
      }),
  };
}

function toSession(row: ReadRow): Session {
  return {
    id: row.id,
    userId: row.user_id,
    signedInAt: row.signed_in_at,
    lastSeenAt: row.last_seen_at,
    idleExpiresAt: row.idle_expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
    keepSignedIn: row.keep_signed_in !== 0,
    device: row.device,
    address: row.address,
    browserId: row.browser_id,
    passwordConfirmedUntil: row.password_confirmed_until,
    phoneChangeFreeUntil: row.phone_change_free_until,
  };
}
