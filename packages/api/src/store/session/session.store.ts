import type { LiveSession, Session } from '@twofold/core/session/session';
import type { SessionStore } from '@twofold/core/session/session-store';
import type { Database } from '../data-source.js';
import { DatabaseUnavailable } from '../engine/database-unavailable.js';
import type { SessionRow } from './session.table.js';
import { insert } from '../engine/sql.js';
import type { JoinedUser } from '../users/user-row.js';
import { toUser, userColumns, userJoins } from '../users/user-row.js';

type LiveRow = Omit<SessionRow, 'keep_signed_in'> & JoinedUser & { readonly keep_signed_in: number };

// One statement along the unique index of the token's hash: it runs for each request that carries a token.
const FIND_LIVE = `SELECT s.id, s.signed_in_at, s.last_seen_at, s.idle_expires_at, s.absolute_expires_at, s.keep_signed_in,
    s.browser_id, s.password_confirmed_until, s.phone_change_free_until, ${userColumns}
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
        browser_id: session.browserId,
        password_confirmed_until: session.passwordConfirmedUntil,
        phone_change_free_until: session.phoneChangeFreeUntil,
      });
    },
    async findLive(tokenHash, now) {
      const row = await sql.first<LiveRow>(FIND_LIVE, [tokenHash, now, now]);
      return row === undefined ? null : toLiveSession(row);
    },
    async touch(id, lastSeenAt, idleExpiresAt) {
      const set = 'UPDATE sessions SET last_seen_at = ?, idle_expires_at = ? WHERE id = ?';
      try {
        await sql.run(set, [lastSeenAt, idleExpiresAt, id]);
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

function toLiveSession(row: LiveRow): LiveSession {
  const session: Session = {
    id: row.id,
    userId: row.user_id,
    signedInAt: row.signed_in_at,
    lastSeenAt: row.last_seen_at,
    idleExpiresAt: row.idle_expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
    keepSignedIn: row.keep_signed_in !== 0,
    browserId: row.browser_id,
    passwordConfirmedUntil: row.password_confirmed_until,
    phoneChangeFreeUntil: row.phone_change_free_until,
  };
  return { session, user: toUser(row) };
}
