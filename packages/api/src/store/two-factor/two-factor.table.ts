import { EntitySchema } from 'typeorm';

export interface TwoFactorRow {
  readonly user_id: string;
  readonly method: string;
  readonly enabled_at: number;
  readonly last_used_at: number | null;
  readonly recovery_code_hash: string;
  readonly recovery_code_created_at: number;
}

/** One row a user that has it on: off is the absence of it. */
export const twoFactorTable = new EntitySchema<TwoFactorRow>({
  name: 'two_factors',
  columns: {
    user_id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_two_factors' },
    method: { type: 'varchar', length: 32 },
    enabled_at: { type: 'bigint' },
    last_used_at: { type: 'bigint', nullable: true },
    recovery_code_hash: { type: 'varchar', length: 128 },
    recovery_code_created_at: { type: 'bigint' },
  },
  foreignKeys: [
    {
      name: 'fk_two_factors_user',
      target: 'users',
      columnNames: ['user_id'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

export interface FactorRow {
  readonly id: string;
  readonly user_id: string;
  readonly kind: string;
  readonly slot: string;
  readonly sealed: string;
  readonly used_step: number | null;
  readonly created_at: number;
}

/** Its parent is the row of two_factors, so that switching off takes secrets and phones with it (S30, S39). */
export const factorTable = new EntitySchema<FactorRow>({
  name: 'factors',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_factors' },
    user_id: { type: 'varchar', length: 36 },
    kind: { type: 'varchar', length: 32 },
    slot: { type: 'varchar', length: 16 },
    sealed: { type: 'text' },
    used_step: { type: 'bigint', nullable: true },
    created_at: { type: 'bigint' },
  },
  indices: [{ name: 'uq_factors_slot', columns: ['user_id', 'kind', 'slot'], unique: true }],
  foreignKeys: [
    {
      name: 'fk_factors_two_factor',
      target: 'two_factors',
      columnNames: ['user_id'],
      referencedColumnNames: ['user_id'],
      onDelete: 'CASCADE',
    },
  ],
});
