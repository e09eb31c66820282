import { EntitySchema } from 'typeorm';

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly two_factor_required: boolean;
  readonly allowed_methods: readonly string[] | null;
  readonly created_at: number;
}

export const organizationTable = new EntitySchema<OrganizationRow>({
  name: 'organizations',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_organizations' },
    name: { type: 'varchar', length: 200 },
    two_factor_required: { type: 'boolean' },
    allowed_methods: { type: 'simple-json', nullable: true },
    created_at: { type: 'bigint' },
  },
});
