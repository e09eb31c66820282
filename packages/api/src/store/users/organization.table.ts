import { EntitySchema } from 'typeorm';

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly two_factor_required: boolean;
  readonly allowed_methods: readonly string[] | null;
  readonly created_at: number;
  readonly required_from: number | null;
  readonly trusted_browsers_allowed: boolean;
  /** Counts the changes of the policy, so that nobody overwrites what they have not seen. */
  readonly policy_version: number;
  /** The mails that are due next, and when. */
  readonly reminder: string | null;
  readonly reminder_at: number | null;
}

export const organizationTable = new EntitySchema<OrganizationRow>({
  name: 'organizations',
  columns: {
    id: { type: 'varchar', length: 36, primary: true, primaryKeyConstraintName: 'pk_organizations' },
    name: { type: 'varchar', length: 200 },
    two_factor_required: { type: 'boolean' },
    allowed_methods: { type: 'simple-json', nullable: true },
    created_at: { type: 'bigint' },
    required_from: { type: 'bigint', nullable: true },
    trusted_browsers_allowed: { type: 'boolean', default: false },
    policy_version: { type: 'bigint', default: 0 },
    reminder: { type: 'varchar', length: 16, nullable: true },
    reminder_at: { type: 'bigint', nullable: true },
  },
  indices: [{ name: 'ix_organizations_reminder', columns: ['reminder_at', 'id'] }],
});
