import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/data-source.js';
import { openDatabase } from '../../src/store/data-source.js';
import { DatabaseUnavailable, untilAvailable } from '../../src/store/engine/database-unavailable.js';
import type { PrivateMariaDb } from './mariadb.js';
import { startMariaDb } from './mariadb.js';
import { seedOrganization } from './open-test-database.js';

async function organizations(database: Database): Promise<number> {
  const [row] = await database.sql.all<{ total: number }>('SELECT COUNT(*) AS total FROM organizations');
  return row?.total ?? -1;
}

const unavailable = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(DatabaseUnavailable);

describe('MariaDB goes away and comes back', () => {
  let server: PrivateMariaDb;
  let database: Database;
  beforeAll(async () => {
    server = await startMariaDb();
    // `mysql` is always there: the name of a database to connect to.
    const admin = await openDatabase(`${server.url}/mysql`);
    await admin.sql.run('CREATE DATABASE twofold');
    await admin.close();
    database = await openDatabase(`${server.url}/twofold`);
  });
  afterAll(async () => {
    await database.close();
    await server.remove();
  });

  test('opened before the server is there, it serves as soon as it is', async () => {
    await server.kill();
    const early = await openDatabase(`${server.url}/twofold`);
    await unavailable(early.ping());
    await unavailable(early.pendingMigrations());
    await unavailable(early.transaction(() => Promise.resolve()));
    let retries = 0;
    const migrated = untilAvailable(() => early.migrate(), { onRetry: () => (retries += 1) });
    await server.start();
    await migrated;
    expect(retries).toBeGreaterThan(0);
    expect(await early.pendingMigrations()).toEqual([]);
    await early.close();
  });

  test('lost in the middle of a transaction: nothing of it stays, and the next call works without a restart', async () => {
    await Promise.all(Array.from({ length: 10 }, () => seedOrganization(database)));
    const broken = database.transaction(async () => {
      await seedOrganization(database);
      await server.kill();
      await seedOrganization(database);
    });
    await unavailable(broken);
    await unavailable(organizations(database));
    await unavailable(seedOrganization(database));
    await server.start();
    expect(await organizations(database)).toBe(10);
    await Promise.all(Array.from({ length: 20 }, () => seedOrganization(database)));
    expect(await organizations(database)).toBe(30);
  });

  test('whatever the server is set to: strict, quoted as expected, and reading what is committed', async () => {
    await database.sql.run("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES'");
    await database.sql.run("SET GLOBAL tx_isolation = 'REPEATABLE-READ'");
    const fresh = await openDatabase(`${server.url}/twofold`);
    const { id } = await seedOrganization(fresh, { name: "\\' OR 1=1 -- " });
    const name = async () => {
      const found = 'SELECT name FROM organizations WHERE id = ?';
      return (await fresh.sql.all<{ name: string }>(found, [id]))[0]?.name;
    };
    expect(await name()).toBe("\\' OR 1=1 -- ");
    await expect(seedOrganization(fresh, { name: 'x'.repeat(201) })).rejects.toThrow(/ER_DATA_TOO_LONG/);
    await fresh.transaction(async () => {
      await name();
      await database.sql.run('UPDATE organizations SET name = ? WHERE id = ?', ['meanwhile', id]);
      expect(await name()).toBe('meanwhile');
    });
    await fresh.close();
    await database.sql.run('DELETE FROM organizations WHERE id = ?', [id]);
  });

  test('no connection is left to be had: unavailable, and again served when there is one', async () => {
    await database.sql.run('SET GLOBAL max_connections = 10');
    const second = await openDatabase(`${server.url}/twofold`);
    const holders = [database, second].flatMap((each) =>
      Array.from({ length: 10 }, () => each.sql.all('SELECT SLEEP(0.5)').then(() => 'served', String)),
    );
    const answers = await Promise.all(holders);
    expect(answers).toContain('served');
    expect(answers).toContain('DatabaseUnavailable: The database is unavailable (ER_CON_COUNT_ERROR).');
    await database.sql.run('SET GLOBAL max_connections = 100');
    await second.ping();
    await second.close();
  });

  test('a server that has become read-only: unavailable until it is not', async () => {
    const rename = () => database.sql.run("UPDATE organizations SET name = 'renamed'");
    await database.sql.run('CREATE USER plain');
    await database.sql.run('GRANT ALL ON twofold.* TO plain');
    const plain = await openDatabase(server.url.replace('root@', 'plain@') + '/twofold');
    await database.sql.run('SET GLOBAL read_only = ON');
    await unavailable(plain.sql.run("UPDATE organizations SET name = 'renamed'"));
    await database.sql.run('SET GLOBAL read_only = OFF');
    expect(await plain.sql.run("UPDATE organizations SET name = 'renamed again'")).toBe(await rename());
    await plain.close();
  });
});

/** Two servers that know nothing of each other stand for two nodes: which of them answers is what is looked at here, and what
 *  nodes owe one another is tested on a cluster (test/long/cluster). */
describe('one of two nodes goes away and comes back', () => {
  let servers: PrivateMariaDb[];
  let database: Database;
  beforeAll(async () => {
    servers = await Promise.all([startMariaDb(), startMariaDb()]);
    for (const { url } of servers) {
      const admin = await openDatabase(`${url}/mysql`);
      await admin.sql.run('CREATE DATABASE twofold');
      await admin.close();
      const node = await openDatabase(`${url}/twofold`);
      await node.migrate();
      await node.close();
    }
    database = await openDatabase(`mariadb://root@${hosts(servers)}/twofold`);
  });
  afterAll(async () => {
    await database.close();
    for (const server of servers) await server.remove();
  });
  const hosts = (of: PrivateMariaDb[]) => of.map(({ port }) => `127.0.0.1:${String(port)}`).join(',');
  const askedNode = async () => {
    const [row] = await database.sql.all<{ port: number }>('SELECT @@port AS port');
    return servers.findIndex(({ port }) => port === row?.port);
  };

  test('the first in the list is asked, by every process', async () => {
    expect(await Promise.all(Array.from({ length: 20 }, askedNode))).toEqual(Array(20).fill(0));
  });

  test('in the middle of a transaction: the whole of it happens on the other', async () => {
    let runs = 0;
    await database.transaction(async () => {
      runs += 1;
      await seedOrganization(database, { name: `run ${String(runs)}` });
      if (runs === 1) await servers[0]?.kill();
      await seedOrganization(database, { name: `run ${String(runs)}, second` });
    });
    const rows = await database.sql.all<{ name: string }>('SELECT name FROM organizations ORDER BY name');
    expect(rows.map(({ name }) => name)).toEqual(['run 2', 'run 2, second']);
    expect(await Promise.all(Array.from({ length: 20 }, askedNode))).toEqual(Array(20).fill(1));
  });

  test('a write whose answer never came is not done twice', async () => {
    await servers[0]?.start();
    const fresh = await openDatabase(`mariadb://root@${hosts(servers)}/twofold`);
    await seedOrganization(fresh);
    const slow = unavailable(fresh.sql.run("UPDATE organizations SET name = 'written' WHERE SLEEP(5) = 0"));
    await sleep(500);
    await servers[0]?.kill();
    await slow;
    await fresh.close();
    const written = "SELECT id FROM organizations WHERE name = 'written'";
    expect(await database.sql.all(written)).toEqual([]);
  });

  test('back again, it is the first once more', async () => {
    await servers[0]?.start();
    await expect.poll(askedNode, { timeout: 15_000 }).toBe(0);
  });

  test('both gone: unavailable, and served as soon as one is back', async () => {
    for (const server of servers) await server.kill();
    await unavailable(database.ping());
    await unavailable(seedOrganization(database));
    await servers[1]?.start();
    await database.ping();
    expect(await askedNode()).toBe(1);
  });
});

test('a MariaDB that takes connections and never answers is given up on', { timeout: 15_000 }, async () => {
  const silent = createServer();
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => resolve((silent.address() as { port: number }).port));
  });
  const database = await openDatabase(`mariadb://root@127.0.0.1:${port}/twofold`);
  const started = performance.now();
  await unavailable(Promise.all([database.ping(), database.ping()]));
  expect(performance.now() - started).toBeLessThan(9_000);
  await database.close();
  silent.close();
});

test.each([
  ['mariadb://localhost/', /name of the database is missing/],
  ['postgres://user:hidden@localhost/x', /expected sqlite:PATH/],
  ['mariadb://user:hidden@localhost/x?charset=latin1', /unknown parameter charset/],
  ['sqlite:', /path/],
  ['nonsense', /expected/],
])('refuses the address %s without repeating its password', async (url, fault) => {
  await expect(openDatabase(url)).rejects.toThrow(fault);
  await expect(openDatabase(url)).rejects.not.toThrow(/hidden/);
});

describe('SQLite goes away and comes back', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'twofold-outage-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a folder that cannot be made: unavailable until it can', async () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, 'a file where a folder should be');
    const database = await openDatabase(`sqlite:${blocked}/test.sqlite`);
    await unavailable(database.ping());
    await unavailable(database.migrate());
    rmSync(blocked);
    mkdirSync(blocked);
    await database.migrate();
    expect(await organizations(database)).toBe(0);
    await database.close();
  });

  test('another process that writes is waited for, while this one goes on', async () => {
    const url = `sqlite:${join(folder, 'busy.sqlite')}`;
    const [database, other] = [await openDatabase(url), await openDatabase(url)];
    await database.migrate();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let hold: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (hold = resolve));
    const holding = other.transaction(async () => {
      await seedOrganization(other);
      hold();
      await released;
    });
    await held;
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 5);
    const waiting = [seedOrganization(database), database.transaction(() => seedOrganization(database))];
    await sleep(400);
    expect(ticks).toBeGreaterThan(2);
    // WAL: reading waits for nobody.
    expect(await organizations(database)).toBe(0);
    release();
    await Promise.all([holding, ...waiting]);
    expect(await organizations(database)).toBe(3);
    clearInterval(ticking);
    await Promise.all([database.close(), other.close()]);
  });

  test(
    'another process that writes for too long: unavailable, and served again afterwards',
    { timeout: 20_000 },
    async () => {
      const url = `sqlite:${join(folder, 'long.sqlite')}`;
      const [database, other] = [await openDatabase(url), await openDatabase(url)];
      await database.migrate();
      await other.transaction(async () => {
        await seedOrganization(other);
        await unavailable(seedOrganization(database));
      });
      await seedOrganization(database);
      expect(await organizations(database)).toBe(2);
      await Promise.all([database.close(), other.close()]);
    },
  );

  test('a file that is gone is an outage, not a new and empty database', async () => {
    const path = join(folder, 'gone.sqlite');
    const database = await openDatabase(`sqlite:${path}`);
    await database.migrate();
    await seedOrganization(database);
    const files = ['', '-wal', '-shm'];
    for (const end of files) cpSync(path + end, `${path}.saved${end}`);
    for (const end of files) rmSync(path + end);
    await sleep(1_100);
    await unavailable(seedOrganization(database));
    await unavailable(seedOrganization(database));
    for (const end of files) cpSync(`${path}.saved${end}`, path + end);
    expect(await organizations(database)).toBe(1);
    await seedOrganization(database);
    expect(await organizations(database)).toBe(2);
    await database.close();
  });
});
