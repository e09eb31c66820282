import type { SessionTransport } from '@twofold/core/sign-in/challenge';
import type { ChallengeStore } from '@twofold/core/sign-in/challenge-store';
import type { ChallengeRow } from './challenge.table.js';
import type { Database } from '../data-source.js';
import { toColumns, toSentCode } from './sent-code-columns.js';
import { insert } from '../engine/sql.js';
import type { JoinedUser } from '../users/user-row.js';
import { toUser, userColumns, userJoins } from '../users/user-row.js';

type LiveRow = Omit<ChallengeRow, 'keep_signed_in'> & JoinedUser & { readonly keep_signed_in: number };

const FIND_LIVE = `SELECT c.id, c.transport, c.keep_signed_in, c.browser_id, c.created_at, c.expires_at,
    c.sent_slot, c.sent_code_digest, c.sent_expires_at, ${userColumns}
  FROM challenges c JOIN users u ON u.id = c.user_id ${userJoins}
  WHERE c.token_hash = ? AND c.expires_at > ? AND u.disabled_at IS NULL`;

export function challengeStore({ sql }: Database): ChallengeStore {
  return {
    async create(challenge, tokenHash) {
      await insert(sql, 'challenges', {
        id: challenge.id,
        user_id: challenge.userId,
        token_hash: tokenHash,
        transport: challenge.transport,
        keep_signed_in: challenge.keepSignedIn,
        browser_id: challenge.browserId,
        created_at: challenge.createdAt,
        expires_at: challenge.expiresAt,
        ...toColumns(challenge.sentCode),
      });
    },
    async findLive(tokenHash, now) {
      const row = await sql.first<LiveRow>(FIND_LIVE, [tokenHash, now]);
      if (row === undefined) return null;
      const challenge = {
        id: row.id,
        userId: row.user_id,
        transport: row.transport as SessionTransport,
        keepSignedIn: row.keep_signed_in !== 0,
        browserId: row.browser_id,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        sentCode: toSentCode(row),
      };
      return { challenge, user: toUser(row) };
    },
    async setSentCode(id, sentCode) {
      await sql.run(
        'UPDATE challenges SET sent_slot = ?, sent_code_digest = ?, sent_expires_at = ? WHERE id = ?',
        [sentCode.slot, sentCode.codeDigest, sentCode.expiresAt, id],
      );
    },
    async take(id) {
      return (await sql.run('DELETE FROM challenges WHERE id = ?', [id])) === 1;
    },
    async endAll(userId) {
      await sql.run('DELETE FROM challenges WHERE user_id = ?', [userId]);
    },
  };
}
