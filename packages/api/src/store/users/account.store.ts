import type { AccountStore } from '@twofold/core/users/account-store';
import { createOrganization } from './create-account.js';
import type { Database } from '../data-source.js';
import { toMethods } from './user-row.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly two_factor_required: number;
  readonly allowed_methods: string | null;
}

export function accountStore({ sql }: Pick<Database, 'sql'>): AccountStore {
  return {
    async organizationsCalled(nameOrId) {
      const rows = await sql.all<Row>(
        'SELECT id, name, two_factor_required, allowed_methods FROM organizations WHERE id = ? OR name = ? ORDER BY id',
        [nameOrId, nameOrId],
      );
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        twoFactorRequired: row.two_factor_required !== 0,
        allowedMethods: toMethods(row.allowed_methods),
      }));
    },
    addOrganization: (organization) => createOrganization(sql, organization),
  };
}
