import type { SentTextStore } from '@twofold/core/delivery/sent-text-store';
import type { TextOutcome } from '@twofold/core/delivery/text-report';
import type { Receipt } from '@twofold/core/two-factor/second-factor';
import type { Database } from '../data-source.js';
import type { SentTextRow } from './sent-text.table.js';
import { insert } from '../engine/sql.js';

/** `remember` rejects where the database does: who composes this says what becomes of that. */
export function sentTextStore({ sql, isInsideTransaction }: Database): SentTextStore {
  return {
    remember: (text) =>
      insert(sql, 'sent_texts', {
        receipt: keyOf(text),
        user_id: text.userId,
        organization_id: text.organizationId,
        method: text.method,
        sent_at: text.sentAt,
        outcome: null,
        expires_at: text.expiresAt,
      }),
    async lock({ carrier, messageId }) {
      if (!isInsideTransaction()) throw new Error('A lock without a transaction would be gone at once.');
      // SQLite's transaction has locked the whole database when it began.
      const [row] = await sql.all<SentTextRow>(
        `SELECT * FROM sent_texts WHERE receipt = ? ${sql.dialect === 'sqlite' ? '' : 'FOR UPDATE'}`,
        [keyOf({ carrier, messageId })],
      );
      if (row === undefined) return null;
      return {
        carrier,
        messageId,
        userId: row.user_id,
        organizationId: row.organization_id,
        method: row.method,
        sentAt: row.sent_at,
        outcome: row.outcome as TextOutcome | null,
        expiresAt: row.expires_at,
      };
    },
    async setOutcome(receipt, outcome) {
      await sql.run('UPDATE sent_texts SET outcome = ? WHERE receipt = ?', [outcome, keyOf(receipt)]);
    },
  };
}

/** Carriers' names hold no colon. */
const keyOf = ({ carrier, messageId }: Receipt) => `${carrier}:${messageId}`;
