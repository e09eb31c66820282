import type { Slot } from '@twofold/core/two-factor/second-factor';
import type { SetupStore } from '@twofold/core/two-factor/setup-store';
import type { Setup, SetupPurpose } from '@twofold/core/two-factor/two-factor';
import { WRONG_CODES_A_SETUP } from '@twofold/core/two-factor/two-factor';
import type { Database } from '../data-source.js';
import { isForeignKeyViolation } from '../engine/database-unavailable.js';
import { toColumns, toSentCode } from '../sign-in/sent-code-columns.js';
import type { SetupRow } from './setup.table.js';
import { upsert } from '../engine/sql.js';

// The newest first: with any slot asked for, an older set-up of another slot may still be there.
const FIND_LIVE = `SELECT id, user_id, session_id, purpose, kind, slot, sealed, sent_slot, sent_code_digest, sent_expires_at,
    wrong_codes, created_at, expires_at
  FROM setups
  WHERE session_id = ? AND purpose = ? AND expires_at > ? AND wrong_codes < ${WRONG_CODES_A_SETUP}`;

export function setupStore({ sql }: Database): SetupStore {
  return {
    async replace(setup) {
      try {
        await upsert(sql, 'setups', {
          id: setup.id,
          user_id: setup.userId,
          session_id: setup.sessionId,
          purpose: setup.purpose,
          kind: setup.kind,
          slot: setup.slot,
          sealed: setup.sealed,
          ...toColumns(setup.sentCode),
          wrong_codes: setup.wrongCodes,
          created_at: setup.createdAt,
          expires_at: setup.expiresAt,
        });
        return true;
      } catch (error) {
        // Its session is gone: the foreign key is what decides, at the moment of the write.
        if (isForeignKeyViolation(error)) return false;
        throw error;
      }
    },
    async findLive(sessionId, purpose, slot, now) {
      const [row] = await sql.all<SetupRow>(
        `${FIND_LIVE} ${slot === null ? '' : 'AND slot = ?'} ORDER BY created_at DESC, id DESC LIMIT 1`,
        slot === null ? [sessionId, purpose, now] : [sessionId, purpose, now, slot],
      );
      return row === undefined ? null : toSetup(row);
    },
    async countWrongCode(id) {
      await sql.run('UPDATE setups SET wrong_codes = wrong_codes + 1 WHERE id = ?', [id]);
    },
    async take(id) {
      return (await sql.run('DELETE FROM setups WHERE id = ?', [id])) === 1;
    },
    async endAll(userId) {
      await sql.run('DELETE FROM setups WHERE user_id = ?', [userId]);
    },
  };
}

function toSetup(row: SetupRow): Setup {
  return {
    id: row.id,
    userId: row.user_id,
    sessionId: row.session_id,
    purpose: row.purpose as SetupPurpose,
    kind: row.kind,
    slot: row.slot as Slot,
    sealed: row.sealed,
    sentCode: toSentCode(row),
    wrongCodes: row.wrong_codes,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
