import { EntitySchema } from 'typeorm';

export interface TrustedBrowserRow {
  readonly id: string;
  readonly user_id: string;
  readonly organization_id: string;
  readonly token_hash: string;
  readonly previous_hash: string | null;
  readonly rotated_at: number;
  readonly device: string | null;
  readonly address: string | null;
  readonly created_at: number;
  readonly last_used_at: number;
  readonly expires_at: number;
}

/** Browsers in which the second factor is not asked for (ADR 25). */
export const trustedBrowserTable = new EntitySchema<TrustedBrowserRow>({
  name: 'trusted_browsers',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_trusted_browsers' },
    user_id: { type: 'varchar', length: 36 },
    organization_id: { type: 'varchar', length: 36 },
    token_hash: { type: 'varchar', length: 128 },
    previous_hash: { type: 'varchar', length: 128, nullable: true },
    rotated_at: { type: 'bigint' },
    device: { type: 'varchar', length: 255, nullable: true },
    address: { type: 'varchar', length: 64, nullable: true },
    created_at: { type: 'bigint' },
    last_used_at: { type: 'bigint' },
    expires_at: { type: 'bigint' },
  },
  indices: [
    { name: 'ix_trusted_browsers_user', columns: ['user_id', 'last_used_at', 'id'] },
    { name: 'ix_trusted_browsers_organization', columns: ['organization_id'] },
    { name: 'ix_trusted_browsers_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [
    {
      name: 'fk_trusted_browsers_user',
      target: 'users',
      columnNames: ['user_id'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
