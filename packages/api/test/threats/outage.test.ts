import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/data-source.js';
import type { PrivateMariaDb } from '../databases/mariadb.js';
import { startMariaDb } from '../databases/mariadb.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

describe('while MariaDB is away', () => {
  let server: PrivateMariaDb;
  let scene: Scene;
  beforeAll(async () => {
    server = await startMariaDb();
    const admin = await openDatabase(`${server.url}/mysql`);
    await admin.sql.run('CREATE DATABASE twofold');
    await admin.close();
    scene = await openScene(async () => {
      const url = `${server.url}/twofold`;
      const database = await openDatabase(url);
      await database.migrate();
      return { name: 'MariaDB', url, database, remove: () => database.close() };
    });
  });
  afterAll(async () => {
    await scene.close();
    await server.remove();
  });

  const ready = async () => {
    const answer = await fetch(`${scene.service.url}/readyz`);
    return [answer.status, (await answer.json()) as unknown];
  };

  it('it is not ready but alive, answers SERVICE_UNAVAILABLE, and serves again without a restart', async () => {
    const { email, owner, app } = await scene.appUser();
    const { challengeToken } = await scene.service.client().challenge(email);
    expect(await ready()).toEqual([200, { status: 'ok' }]);
    await server.kill();
    expect(await ready()).toEqual([
      503,
      { status: 'unavailable', reason: 'The database cannot be reached.' },
    ]);
    expect((await fetch(`${scene.service.url}/healthz`)).status).toBe(200);
    const verify = `mutation { verifyTwoFactorCode(input: { challengeToken: "${challengeToken}", code: "${app.code()}" }) { __typename } }`;
    const signIn = `mutation { signIn(input: { email: "${email}", password: "x" }) { __typename } }`;
    for (const [client, query] of [
      [owner, '{ viewer { id } }'],
      [scene.service.client(), signIn],
      [scene.service.client(), verify],
    ] as const) {
      const answer = await client.send(query);
      const [error] = answer.errors ?? [];
      expect([error?.extensions.code, error?.message]).toEqual([
        'SERVICE_UNAVAILABLE',
        'The service is not available right now. Try again in a moment.',
      ]);
      expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1|mariadb/i);
    }
    expect((await scene.service.client().send('{ __typename }')).data).toEqual({ __typename: 'Query' });
    await server.start();
    expect(await ready()).toEqual([200, { status: 'ok' }]);
    expect((await owner.send('{ viewer { id } }')).errors).toBeUndefined();
    // The code was used by nobody meanwhile, and the challenge is still there.
    expect((await scene.service.client().send(verify)).data).toEqual({
      verifyTwoFactorCode: { __typename: 'SignedIn' },
    });
  });
});
