import { EntitySchema } from 'typeorm';

export interface LinkRow {
  readonly id: string;
  readonly purpose: string;
  readonly token_hash: string;
  readonly organization_id: string;
  readonly user_id: string | null;
  readonly created_by: string | null;
  /** JSON. */
  readonly payload: string | null;
  readonly created_at: number;
  readonly expires_at: number;
}

/** One-time links that were mailed. */
export const linkTable = new EntitySchema<LinkRow>({
  name: 'links',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_links' },
    purpose: { type: 'varchar', length: 32 },
    token_hash: { type: 'varchar', length: 128 },
    organization_id: { type: 'varchar', length: 36 },
    user_id: { type: 'varchar', length: 36, nullable: true },
    created_by: { type: 'varchar', length: 36, nullable: true },
    payload: { type: 'text', nullable: true },
    created_at: { type: 'bigint' },
    expires_at: { type: 'bigint' },
  },
  indices: [
    { name: 'uq_links_token_hash', columns: ['token_hash'], unique: true },
    { name: 'ix_links_user', columns: ['user_id', 'purpose'] },
    { name: 'ix_links_organization', columns: ['organization_id', 'purpose', 'created_at', 'id'] },
    { name: 'ix_links_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [
    {
      name: 'fk_links_user',
      target: 'users',
      columnNames: ['user_id'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
