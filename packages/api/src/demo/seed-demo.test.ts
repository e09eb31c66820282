import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../test/databases/open-test-database.js';
import { databases } from '../../test/databases/open-test-database.js';
import type { TestService } from '../../test/harness/open-service.js';
import { openService } from '../../test/harness/open-service.js';
import { DEMO_PASSWORD } from './people.js';

describe.each(databases)('the demo data, on $name', ({ open }) => {
  let database: TestDatabase;
  let service: TestService;
  beforeAll(async () => {
    database = await open();
    service = await openService(database, { config: { demoSeed: true } });
  });
  afterAll(async () => {
    await service.close();
    await database.remove();
  });

  it('has two organisations, 50 users in the one, and nobody of the named ones protected', async () => {
    const olivia = service.client();
    expect(await olivia.signIn('olivia@demo.example', DEMO_PASSWORD)).toMatchObject({
      viewer: { role: 'OWNER' },
    });
    const { data } = await olivia.send(`{
      all: users(first: 1) { totalCount }
      protected: users(first: 100, twoFactorEnabled: true) { totalCount nodes { email } }
    }`);
    expect(data).toMatchObject({ all: { totalCount: 50 } });
    for (const name of ['olivia', 'adam', 'mia', 'noah', 'liam', 'emma', 'ava']) {
      expect(JSON.stringify(data)).not.toContain(`${name}@demo.example`);
    }
    const zoe = service.client();
    expect(await zoe.signIn('zoe@other.example', DEMO_PASSWORD)).toMatchObject({
      viewer: { role: 'OWNER', organization: { name: 'Other Signage' } },
    });
  });

  it('is not added to a database that has an organisation', async () => {
    expect(await service.service.prepare()).toEqual({ seeded: false });
  });
});
