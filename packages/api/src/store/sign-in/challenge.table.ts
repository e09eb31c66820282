import { EntitySchema } from 'typeorm';

export interface ChallengeRow {
  readonly id: string;
  readonly user_id: string;
  readonly token_hash: string;
  readonly transport: string;
  readonly keep_signed_in: boolean;
  readonly browser_id: string | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly sent_slot: string | null;
  readonly sent_code_digest: string | null;
  readonly sent_expires_at: number | null;
}

export const challengeTable = new EntitySchema<ChallengeRow>({
  name: 'challenges',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_challenges' },
    user_id: { type: 'varchar', length: 36 },
    token_hash: { type: 'varchar', length: 128 },
    transport: { type: 'varchar', length: 16 },
    keep_signed_in: { type: 'boolean' },
    browser_id: { type: 'varchar', length: 36, nullable: true },
    created_at: { type: 'bigint' },
    expires_at: { type: 'bigint' },
    sent_slot: { type: 'varchar', length: 16, nullable: true },
    sent_code_digest: { type: 'varchar', length: 255, nullable: true },
    sent_expires_at: { type: 'bigint', nullable: true },
  },
  indices: [
    { name: 'uq_challenges_token_hash', columns: ['token_hash'], unique: true },
    { name: 'ix_challenges_user', columns: ['user_id'] },
    { name: 'ix_challenges_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [
    {
      name: 'fk_challenges_user',
      target: 'users',
      columnNames: ['user_id'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
