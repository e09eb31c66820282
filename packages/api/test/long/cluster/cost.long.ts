import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/store/data-source.js';
import { openDatabase } from '../../../src/store/data-source.js';
import type { GaleraCluster } from '../../databases/galera.js';
import { startGalera } from '../../databases/galera.js';
import type { TestDatabase } from '../../databases/open-test-database.js';
import { openMariaDb, seedOrganization, seedUser } from '../../databases/open-test-database.js';
import { reportSection } from '../report.js';

const TIMES = 1_000;

describe('what a cluster costs, and what it gives for it', () => {
  let cluster: GaleraCluster;
  let single: TestDatabase;
  let nodes: Database[];
  const seen: Record<string, string> = {};
  beforeAll(async () => {
    single = await openMariaDb();
    cluster = await startGalera();
    const admin = await openDatabase(`${cluster.nodes[0]?.url ?? ''}/mysql`);
    await admin.sql.run('CREATE DATABASE twofold');
    await admin.close();
    nodes = await Promise.all(cluster.nodes.map(({ url }) => openDatabase(`${url}/twofold`)));
    await nodes[0]?.migrate();
  });
  afterAll(async () => {
    for (const node of nodes) await node.close();
    await single.remove();
    await cluster.remove();
  });
  const node = (index: number) => nodes[index] as Database;

  /** Of many, the one in the middle, in milliseconds with two places. */
  async function median(work: () => Promise<unknown>): Promise<string> {
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      const begin = performance.now();
      await work();
      times.push(performance.now() - begin);
    }
    return (times.sort((a, b) => a - b)[TIMES / 2] ?? 0).toFixed(2);
  }

  const write = (database: Database) => database.transaction(() => seedOrganization(database));
  const read = (database: Database) => database.sql.all('SELECT id FROM organizations LIMIT 1');

  it('a commit and a read, on one server and in a cluster', async () => {
    seen['a transaction of one insert, one server (ms)'] = await median(() => write(single.database));
    seen['the same in a cluster of three (ms)'] = await median(() => write(node(0)));
    seen['a read, one server (ms)'] = await median(() => read(single.database));
    seen['the same in a cluster of three, which first waits for what others have acknowledged (ms)'] =
      await median(() => read(node(0)));
  });

  /** How many of the writes that a node acknowledged another one did not know yet. */
  async function unknownTo(find: (id: string) => Promise<object[]>): Promise<number> {
    let unknown = 0;
    for (let i = 0; i < TIMES; i++) {
      const { id } = await seedOrganization(node(0));
      if ((await find(id)).length === 0) unknown += 1;
    }
    return unknown;
  }
  const FIND = 'SELECT id FROM organizations WHERE id = ?';

  it('what one node has acknowledged, another one knows at once', async () => {
    const port = cluster.nodes[1]?.port ?? 0;
    const plain = await mysql.createConnection({
      host: '127.0.0.1',
      port,
      user: 'root',
      database: 'twofold',
    });
    const unknown = await unknownTo(async (id) => (await plain.query<mysql.RowDataPacket[]>(FIND, [id]))[0]);
    await plain.end();
    // Else it would show nothing that all are known below.
    expect(unknown).toBeGreaterThan(0);
    const ours = async (id: string) => {
      // By itself too: what it hangs on has to be there.
      await seedUser(node(1), { organizationId: id });
      return node(2).sql.all(FIND, [id]);
    };
    expect(await unknownTo(ours)).toBe(0);
    const of = `of ${String(TIMES)} rows written on one node and looked for on another at once, unknown there`;
    seen[`${of}, by a connection as it comes`] = String(unknown);
    seen[`${of}, by ours`] = '0';
    report();
  });

  function report(): void {
    const rows = Object.entries(seen).map(([what, figure]) => `| ${what} | ${figure} |`);
    reportSection(
      'cluster-cost',
      `## What a cluster costs

One connection, one statement after the other, all on this machine, so that the way between the nodes costs next to nothing; medians of ${String(TIMES)}.

| | |
|---|---|
${rows.join('\n')}`,
    );
  }
});
