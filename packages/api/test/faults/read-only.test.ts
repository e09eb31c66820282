import { ViewerDocument } from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/data-source.js';
import { DatabaseUnavailable } from '../../src/store/engine/database-unavailable.js';
import type { PrivateMariaDb } from '../databases/mariadb.js';
import { startMariaDb } from '../databases/mariadb.js';
import { openSqlite, seedOrganization } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import { openScene } from '../harness/scene.js';

async function mariadb() {
  const server: PrivateMariaDb = await startMariaDb();
  const admin = await openDatabase(`${server.url}/mysql`);
  await admin.sql.run('CREATE DATABASE twofold');
  // As an operator's account: one with SUPER would write all the same.
  await admin.sql.run("CREATE USER twofold@'%' IDENTIFIED BY 'test'");
  await admin.sql.run("GRANT ALL ON twofold.* TO twofold@'%'");
  const url = server.url.replace('root@', 'twofold:test@');
  const scene = await openScene(async () => {
    const database = await openDatabase(`${url}/twofold`);
    await database.migrate();
    return { name: 'MariaDB', url: `${url}/twofold`, database, remove: () => database.close() };
  });
  const setReadOnly = async (readOnly: boolean) => {
    await admin.sql.run(`SET GLOBAL read_only = ${readOnly ? '1' : '0'}`);
  };
  const end = async () => {
    await scene.close();
    await admin.close();
    await server.remove();
  };
  return { scene, setReadOnly, end };
}

describe('a MariaDB that has become read-only, as after a failover', () => {
  let opened: Awaited<ReturnType<typeof mariadb>>;
  beforeAll(async () => {
    opened = await mariadb();
  });
  afterAll(() => opened.end());

  it('reads go on, writes are refused as a whole with an id, and all is well once it can be written again', async () => {
    const { scene, setReadOnly } = opened;
    const { owner, email, app } = await scene.appUser();
    const { challengeToken } = await scene.service.client().challenge(email);
    const sql = scene.database.database.sql;
    const rows = async () =>
      Promise.all(
        ['sessions', 'challenges', 'audit_events'].map((table) => sql.all(`SELECT * FROM ${table}`)),
      );
    const before = await rows();
    await setReadOnly(true);
    // Long enough that the session would be moved on.
    scene.service.clock.advance(5 * MINUTE);

    expect((await owner.send<{ viewer: { email: string } }>(print(ViewerDocument))).data?.viewer.email).toBe(
      email,
    );
    const signIn = `mutation { signIn(input: { email: "${email}", password: "${PASSWORD}", transport: BEARER }) { __typename } }`;
    const verify = `mutation { verifyTwoFactorCode(input: { challengeToken: "${challengeToken}", code: "${app.code()}" }) { __typename } }`;
    for (const query of [signIn, verify]) {
      const { errors, text, headers } = await scene.service.client().send(query);
      expect(errors?.map(({ extensions }) => extensions)).toEqual([
        { code: 'SERVICE_UNAVAILABLE', requestId: headers.get('x-request-id') },
      ]);
      expect(text).not.toMatch(/read.?only|1290|query_only/i);
    }
    expect(await rows()).toEqual(before);
    // Ready, since there is much that it answers: another node would not have more to write to.
    for (const path of ['healthz', 'readyz'])
      expect((await fetch(`${scene.service.url}/${path}`)).status).toBe(200);

    await setReadOnly(false);
    expect((await scene.service.client().send(verify)).text).toContain('SignedIn');
    expect((await scene.service.client().send(signIn)).text).toContain('TwoFactorChallenge');
  });
});

describe('a SQLite file that has become read-only', () => {
  it('is read; each write is an outage, not a fault of the program, and is done once it can be', async () => {
    const { database, remove } = await openSqlite();
    await seedOrganization(database);
    // The connection's own switch: root, as whom tests may run, writes to any file. It ends with the connection, which is
    // opened anew after the outage.
    const lock = async () => {
      await (await database.dataSource()).query('PRAGMA query_only = ON');
    };
    for (const write of [
      () => seedOrganization(database),
      () => database.transaction(() => seedOrganization(database)),
    ]) {
      await lock();
      await expect(write()).rejects.toBeInstanceOf(DatabaseUnavailable);
    }
    const count = async () => (await database.sql.all('SELECT id FROM organizations')).length;
    expect(await count()).toBe(1);
    await (await database.dataSource()).query('PRAGMA query_only = OFF');
    await seedOrganization(database);
    expect(await count()).toBe(2);
    await remove();
  });

  it('lets a signed-in user read; a sign-in is refused with an id, leaves no trace, and goes through afterwards', async () => {
    const scene = await openScene(openSqlite);
    const { owner, email } = await scene.plainUser();
    const { database } = scene.service.service;
    const traces = () =>
      Promise.all(['sessions', 'audit_events'].map((table) => database.sql.all(`SELECT id FROM ${table}`)));
    const before = await traces();
    await (await database.dataSource()).query('PRAGMA query_only = ON');
    const viewer = await owner.send<{ viewer: { email: string } }>(print(ViewerDocument));
    expect(viewer.data?.viewer.email).toBe(email);
    const signIn = `mutation { signIn(input: { email: "${email}", password: "${PASSWORD}", transport: BEARER }) { __typename } }`;
    const { errors, text, headers } = await scene.service.client().send(signIn);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'SERVICE_UNAVAILABLE', requestId: headers.get('x-request-id') },
    ]);
    expect(text).not.toMatch(/read.?only|query_only/i);
    expect(await traces()).toEqual(before);
    expect((await scene.service.client().send(signIn)).text).toContain('SignedIn');
    await scene.close();
  });
});
