import { setTimeout as sleep } from 'node:timers/promises';
import { SignInDocument } from '@twofold/contract/graphql';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/argon2-hasher.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases, seedOrganization, seedUser } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import { runService } from '../harness/running-service.js';
import { atOnce, tally } from '../harness/scene.js';

const REQUESTS = 200;

describe.each(databases)('a stop with 200 requests in flight, on $name', ({ open }) => {
  let database: TestDatabase;
  let emails: string[];
  beforeAll(async () => {
    database = await open();
    const { id: organizationId } = await seedOrganization(database.database);
    const passwordHash = await createArgon2Hasher().hash(PASSWORD);
    const users = await atOnce(REQUESTS / 2, () =>
      seedUser(database.database, { organizationId, passwordHash }),
    );
    emails = users.map(({ email }) => email);
  });
  afterAll(() => database.remove());

  it('each is answered or cleanly refused, it is out in 10 s, and what was acknowledged stands', async () => {
    const running = await runService(database.url);
    const send = async (index: number): Promise<string> => {
      const email = emails[index / 2];
      const operation = email
        ? {
            query: print(SignInDocument),
            variables: { input: { email, password: PASSWORD, transport: 'BEARER' } },
          }
        : { query: '{ viewer { id } }' };
      try {
        const answer = await fetch(`${running.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(operation),
        });
        // An answer that was cut off does not parse, and fails the test.
        const body = JSON.parse(await answer.text()) as { data?: { signIn?: { __typename: string } } };
        return answer.status === 200
          ? (body.data?.signIn?.__typename ?? 'viewer')
          : `refused ${answer.status}`;
      } catch (error) {
        if (error instanceof TypeError) return 'no connection';
        throw error;
      }
    };
    const answers = atOnce(REQUESTS, send);
    await sleep(150);
    const stopped = performance.now();
    running.signal('SIGTERM');
    const outcomes = tally(await answers);
    expect(await running.ended).toBe(0);
    expect(performance.now() - stopped).toBeLessThan(10_000);

    const {
      SignedIn = 0,
      viewer = 0,
      'refused 503': refused = 0,
      'no connection': turnedAway = 0,
    } = outcomes;
    expect(SignedIn + viewer + refused + turnedAway, JSON.stringify(outcomes)).toBe(REQUESTS);
    expect(SignedIn).toBeGreaterThan(0);
    const sessions = await database.database.sql.all('SELECT id FROM sessions');
    expect(sessions).toHaveLength(SignedIn);
  });
});
