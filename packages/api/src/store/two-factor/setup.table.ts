import { EntitySchema } from 'typeorm';

export interface SetupRow {
  readonly id: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly purpose: string;
  readonly kind: string;
  readonly slot: string;
  readonly sealed: string;
  readonly sent_slot: string | null;
  readonly sent_code_digest: string | null;
  readonly sent_expires_at: number | null;
  readonly wrong_codes: number;
  readonly created_at: number;
  readonly expires_at: number;
}

export const setupTable = new EntitySchema<SetupRow>({
  name: 'setups',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_setups' },
    user_id: { type: 'varchar', length: 36 },
    session_id: { type: 'varchar', length: 36 },
    purpose: { type: 'varchar', length: 16 },
    kind: { type: 'varchar', length: 32 },
    slot: { type: 'varchar', length: 16 },
    sealed: { type: 'text' },
    sent_slot: { type: 'varchar', length: 16, nullable: true },
    sent_code_digest: { type: 'varchar', length: 255, nullable: true },
    sent_expires_at: { type: 'bigint', nullable: true },
    wrong_codes: { type: 'integer' },
    created_at: { type: 'bigint' },
    expires_at: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_setups_slot', columns: ['session_id', 'purpose', 'slot'], unique: true },
    { name: 'ix_setups_user', columns: ['user_id'] },
    { name: 'ix_setups_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [
    {
      name: 'fk_setups_session',
      target: 'sessions',
      columnNames: ['session_id'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
