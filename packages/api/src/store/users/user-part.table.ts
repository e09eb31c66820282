import { EntitySchema } from 'typeorm';

export interface UserPartRow {
  readonly user_id: string;
  /** As `partsOf` cuts them. */
  readonly part: string;
  /** The user's, here once more so that a search reads one range of one index. */
  readonly organization_id: string;
}

export const userPartTable = new EntitySchema<UserPartRow>({
  name: 'user_parts',
  withoutRowid: true,
  columns: {
    user_id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_user_parts' },
    part: { type: 'varchar', length: 16, primary: true, primaryKeyConstraintName: 'pk_user_parts' },
    organization_id: { type: 'varchar', length: 36 },
  },
  indices: [{ name: 'ix_user_parts_search', columns: ['organization_id', 'part', 'user_id'] }],
  foreignKeys: [
    {
      name: 'fk_user_parts_user',
      target: 'users',
      columnNames: ['user_id'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
