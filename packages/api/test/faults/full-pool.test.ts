import { setTimeout as sleep } from 'node:timers/promises';
import { ViewerDocument } from '@twofold/contract/graphql';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/data-source.js';
import { openDatabase } from '../../src/store/data-source.js';
import { openMariaDb, openSqlite } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, openScene } from '../harness/scene.js';

const CONNECTIONS = 10;

/** Transactions that have begun, and go on until they are released. */
async function held({ transaction, sql }: Database, times: number): Promise<() => Promise<unknown>> {
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  const work: Promise<void>[] = [];
  await atOnce(
    times,
    () =>
      new Promise<void>((begun, failed) => {
        const one = transaction(async () => {
          await sql.all('SELECT 1');
          begun();
          await until;
        });
        work.push(one);
        one.catch(failed);
      }),
  );
  return () => {
    release();
    return Promise.all(work);
  };
}

const signIn = (email: string) =>
  `mutation { signIn(input: { email: "${email}", password: "${PASSWORD}", transport: BEARER }) { __typename } }`;

describe('all connections to MariaDB are taken', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(openMariaDb);
  });
  afterAll(() => scene.close());
  const takeAll = () => held(scene.service.service.database, CONNECTIONS);

  it('for a moment: requests wait for one, and all are answered', async () => {
    const { owner } = await scene.plainUser();
    const release = await takeAll();
    const waiting = atOnce(50, () => owner.send(print(ViewerDocument)));
    await sleep(300);
    await release();
    for (const { errors } of await waiting) expect(errors).toBeUndefined();
  });

  it('for long: after five seconds they are refused, nothing hangs, and then all is well', async () => {
    const { owner, email } = await scene.plainUser();
    const release = await takeAll();
    const begin = performance.now();
    const answers = await Promise.all([
      owner.send(print(ViewerDocument)),
      scene.service.client().send(signIn(email)),
      fetch(`${scene.service.url}/readyz`),
    ]);
    const took = performance.now() - begin;
    expect(took).toBeGreaterThan(4_000);
    expect(took).toBeLessThan(9_000);
    const [viewer, signedIn, ready] = answers;
    for (const { errors } of [viewer, signedIn])
      expect(errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
    expect(ready.status).toBe(503);
    await release();
    expect((await owner.send(print(ViewerDocument))).errors).toBeUndefined();
    expect((await scene.service.client().send(signIn(email))).text).toContain('SignedIn');
  });
});

describe('another process holds the write lock of SQLite', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(openSqlite);
  });
  afterAll(() => scene.close());

  it('reads go on; writes wait five seconds, are refused, and nothing of them happens', async () => {
    const { owner, email } = await scene.plainUser();
    const other = await openDatabase(scene.database.url);
    const count = async () => (await scene.database.database.sql.all('SELECT id FROM sessions')).length;
    const before = await count();
    const release = await held(other, 1);
    const begin = performance.now();
    const refused = scene.service.client().send(signIn(email));
    expect((await owner.send(print(ViewerDocument))).errors).toBeUndefined();
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect((await refused).errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
    expect(performance.now() - begin).toBeLessThan(9_000);
    await release();
    expect(await count()).toBe(before);
    expect((await scene.service.client().send(signIn(email))).text).toContain('SignedIn');
    await other.close();
  });
});
