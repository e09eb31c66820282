import type { AccountStore } from '@twofold/core/users/account-store';
import { createOrganization } from './create-account.js';
import type { Database } from '../data-source.js';
import type { PolicyColumns } from './user-row.js';
import { policyColumns, toPolicy } from './user-row.js';

interface Row extends PolicyColumns {
  readonly id: string;
  readonly name: string;
}

export function accountStore({ sql }: Pick<Database, 'sql'>): AccountStore {
  return {
    async organizationsCalled(nameOrId) {
      const rows = await sql.all<Row>(
        `SELECT o.id, o.name, ${policyColumns} FROM organizations o WHERE o.id = ? OR o.name = ? ORDER BY o.id`,
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
