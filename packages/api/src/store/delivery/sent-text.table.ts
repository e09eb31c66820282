import { EntitySchema } from 'typeorm';

export interface SentTextRow {
  /** `carrier:id`, by which the carrier reports. */
  readonly receipt: string;
  readonly user_id: string;
  readonly organization_id: string;
  readonly method: string;
  readonly sent_at: number;
  readonly outcome: string | null;
  readonly expires_at: number;
}

/** Without foreign keys: a text waits for nobody's row when it is noted, and is forgotten within days anyway. */
export const sentTextTable = new EntitySchema<SentTextRow>({
  name: 'sent_texts',
  columns: {
    receipt: { type: 'varchar', length: 120, primary: true, primaryKeyConstraintName: 'pk_sent_texts' },
    user_id: { type: 'varchar', length: 36 },
    organization_id: { type: 'varchar', length: 36 },
    method: { type: 'varchar', length: 32 },
    sent_at: { type: 'bigint' },
    outcome: { type: 'varchar', length: 40, nullable: true },
    expires_at: { type: 'bigint' },
  },
  indices: [{ name: 'ix_sent_texts_expiry', columns: ['expires_at'] }],
});
