import type { SentCode } from '@twofold/core/sign-in/challenge';
import type { Slot } from '@twofold/core/two-factor/second-factor';

/** The newest code that was sent, in the columns that challenges and set-ups share. All are null where none was. */
export interface SentCodeColumns {
  readonly sent_slot: string | null;
  readonly sent_code_digest: string | null;
  readonly sent_expires_at: number | null;
}

export function toColumns(sentCode: SentCode | null) {
  return {
    sent_slot: sentCode?.slot ?? null,
    sent_code_digest: sentCode?.codeDigest ?? null,
    sent_expires_at: sentCode?.expiresAt ?? null,
  } satisfies SentCodeColumns;
}

export function toSentCode(row: SentCodeColumns): SentCode | null {
  if (row.sent_slot === null || row.sent_code_digest === null || row.sent_expires_at === null) return null;
  return { slot: row.sent_slot as Slot, codeDigest: row.sent_code_digest, expiresAt: row.sent_expires_at };
}
