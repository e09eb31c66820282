import { EntitySchema } from 'typeorm';

export interface UserRow {
  readonly id: string;
  readonly organization_id: string;
  /** In the form of `normalizeEmail`; it belongs to one organisation. */
  readonly email: string;
  /** `sortKey(email)` and `sortKey(name)`: what searches and the order by name run on, alike on both databases. */
  readonly email_key: string;
  readonly name: string;
  readonly name_key: string;
  readonly role: string;
  readonly password_hash: string;
  readonly password_set_at: number;
  readonly disabled_at: number | null;
  readonly created_at: number;
  readonly last_sign_in_at: number | null;
  readonly password_reset_due: boolean;
  readonly factors_frozen_until: number | null;
}

// Each order of the users page has an index that ends in the id, so that a page is read without sorting.
export const userTable = new EntitySchema<UserRow>({
  name: 'users',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_users' },
    organization_id: { type: 'varchar', length: 36 },
    email: { type: 'varchar', length: 320 },
    email_key: { type: 'varchar', length: 500 },
    name: { type: 'varchar', length: 200 },
    name_key: { type: 'varchar', length: 500 },
    role: { type: 'varchar', length: 16 },
    password_hash: { type: 'varchar', length: 255 },
    // 0 for those that were set before this was kept.
    password_set_at: { type: 'bigint', default: 0 },
    disabled_at: { type: 'bigint', nullable: true },
    created_at: { type: 'bigint' },
    last_sign_in_at: { type: 'bigint', nullable: true },
    password_reset_due: { type: 'boolean', default: 0 },
    factors_frozen_until: { type: 'bigint', nullable: true },
  },
  indices: [
    { name: 'uq_users_email', columns: ['email'], unique: true },
    { name: 'ix_users_name', columns: ['organization_id', 'name_key', 'id'] },
    { name: 'ix_users_email', columns: ['organization_id', 'email', 'id'] },
    { name: 'ix_users_role', columns: ['organization_id', 'role', 'id'] },
    { name: 'ix_users_last_sign_in', columns: ['organization_id', 'last_sign_in_at', 'id'] },
    // Descending in their middle column (migrations/columns.ts).
    { name: 'ix_users_name_desc', columns: ['organization_id', 'name_key', 'id'] },
    { name: 'ix_users_role_desc', columns: ['organization_id', 'role', 'id'] },
    { name: 'ix_users_last_sign_in_desc', columns: ['organization_id', 'last_sign_in_at', 'id'] },
  ],
  foreignKeys: [
    {
      name: 'fk_users_organization',
      target: 'organizations',
      columnNames: ['organization_id'],
      referencedColumnNames: ['id'],
      onDelete: 'RESTRICT',
    },
  ],
});
