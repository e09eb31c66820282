import type { StoredUser } from '@twofold/core/testing/memory-database';
import { describeStores } from '@twofold/core/testing/store-contract';
import { createOrganization, createUser } from '../../src/store/users/create-account.js';
import { databases, storesOn } from './open-test-database.js';

for (const { name, open } of databases) {
  describeStores(name, async () => {
    const { database, remove } = await open();
    return {
      stores: storesOn(database),
      transaction: database.transaction,
      addOrganization: (organization) => createOrganization(database.sql, { ...organization, createdAt: 0 }),
      addUser: (user: StoredUser) => createUser(database.sql, user),
      async deleteUser(id) {
        await database.sql.run('DELETE FROM users WHERE id = ?', [id]);
      },
      remove,
    };
  });
}
