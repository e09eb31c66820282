import { EntitySchema } from 'typeorm';

export interface LimitRow {
  readonly limit_key: string;
  /** JSON; null in a row that was made to be locked and never saved. */
  readonly state: string | null;
  readonly expires_at: number;
}

export const limitTable = new EntitySchema<LimitRow>({
  name: 'limits',
  columns: {
    limit_key: { type: 'varchar', length: 255, primary: true, primaryKeyConstraintName: 'pk_limits' },
    state: { type: 'text', nullable: true },
    expires_at: { type: 'bigint' },
  },
  indices: [{ name: 'ix_limits_expiry', columns: ['expires_at'] }],
});
