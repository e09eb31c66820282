import type { AccountStore } from '@twofold/core/users/account-store';
import { createOrganization } from './create-account.js';
import type { Database } from '../data-source.js';
import type { PolicyColumns } from './user-row.js';
import { toPolicy } from './user-row.js';

interface Row extends PolicyColumns {
  readonly id: string;
  readonly name: string;
}

export function accountStore({ sql }: Pick<Database, 'sql'>): AccountStore {
  return {
    async organizationsCalled(nameOrId) {
      const rows = await sql.all<Row>(
        `SELECT id, name, two_factor_required, required_from, allowed_methods, trusted_browsers_allowed
          FROM organizations WHERE id = ? OR name = ? ORDER BY id`,
        [nameOrId, nameOrId],
      );
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        ...toPolicy(row),
      }));
    },
    addOrganization: (organization) => createOrganization(sql, organization),
  };
}
