import { EntitySchema } from 'typeorm';

export interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly token_hash: string;
  readonly signed_in_at: number;
  readonly last_seen_at: number;
  readonly idle_expires_at: number;
  readonly absolute_expires_at: number;
  readonly keep_signed_in: boolean;
  readonly device: string | null;
  readonly address: string | null;
  readonly browser_id: string | null;
  readonly password_confirmed_until: number | null;
  readonly phone_change_free_until: number | null;
}

export const sessionTable = new EntitySchema<SessionRow>({
  name: 'sessions',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_sessions' },
    user_id: { type: 'varchar', length: 36 },
    token_hash: { type: 'varchar', length: 128 },
    signed_in_at: { type: 'bigint' },
    last_seen_at: { type: 'bigint' },
    idle_expires_at: { type: 'bigint' },
    absolute_expires_at: { type: 'bigint' },
    keep_signed_in: { type: 'boolean' },
    device: { type: 'varchar', length: 255, nullable: true },
    address: { type: 'varchar', length: 64, nullable: true },
    browser_id: { type: 'varchar', length: 36, nullable: true },
    password_confirmed_until: { type: 'bigint', nullable: true },
    phone_change_free_until: { type: 'bigint', nullable: true },
  },
  indices: [
    { name: 'uq_sessions_token_hash', columns: ['token_hash'], unique: true },
    { name: 'ix_sessions_user_seen', columns: ['user_id', 'last_seen_at', 'id'] },
    { name: 'ix_sessions_idle_expiry', columns: ['idle_expires_at'] },
    { name: 'ix_sessions_absolute_expiry', columns: ['absolute_expires_at'] },
  ],
  foreignKeys: [
    {
      name: 'fk_sessions_user',
      target: 'users',
      columnNames: ['user_id'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
