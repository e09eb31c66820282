import { StartTwoFactorDocument, ViewerDocument } from '@twofold/contract/graphql';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../../src/adapters/passwords/argon2-hasher.js';
import type { Database } from '../../../src/store/data-source.js';
import { openDatabase } from '../../../src/store/data-source.js';
import type { GaleraCluster, GaleraNode } from '../../databases/galera.js';
import { startGalera } from '../../databases/galera.js';
import { seedOrganization, seedUser } from '../../databases/open-test-database.js';
import { Client } from '../../harness/client.js';
import { PASSWORD } from '../../harness/password.js';
import type { RunningService } from '../../harness/running-service.js';
import { runService } from '../../harness/running-service.js';
import type { Chance } from '../kills/chance.js';
import { chanceOf } from '../kills/chance.js';
import { Ledger } from '../kills/ledger.js';
import { Person } from '../kills/person.js';
import { reportSection } from '../report.js';
import { Crowd, isOutage } from './crowd.js';
import { Knocker } from './knocker.js';
import { startRedis } from './redis.js';
import { verifyLog } from './verify-log.js';

const OUTAGES = Number(process.env['OUTAGES'] ?? 6);
const PEOPLE = 9;
const RESTARTS = 3;
/** Milliseconds in which a request has to be served again, without an operator. */
const FAILED_OVER = 10_000;

describe('three nodes and three processes under load', () => {
  let cluster: GaleraCluster;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let services: RunningService[];
  let urls: string[];
  let database: Database;
  let ledger: Ledger;
  let crowd: Crowd;
  let knockers: Knocker[];
  let databaseUrl: string;
  const seen: Record<string, string> = {};
  const seed = Number(process.env['OUTAGES_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

  beforeAll(async () => {
    cluster = await startGalera();
    redis = await startRedis();
    const hosts = cluster.nodes.map(({ port }) => `127.0.0.1:${String(port)}`).join(',');
    databaseUrl = `mariadb://root@${hosts}/twofold`;
    const admin = await openDatabase(`mariadb://root@${hosts}/mysql`);
    await admin.sql.run('CREATE DATABASE twofold');
    await admin.close();
    services = await Promise.all([start(), start(), start()]);
    urls = services.map(({ url }) => url);
    database = await openDatabase(databaseUrl);
    ledger = new Ledger(database);
    await fill();
  }, 180_000);
  afterAll(async () => {
    await crowd.abandon();
    for (const knocker of knockers) await knocker.stop();
    for (const service of services) service.signal('SIGKILL');
    await Promise.all(services.map(({ ended }) => ended));
    await database.close();
    await redis.stop();
    await cluster.remove();
  });

  const start = () => runService(databaseUrl, { LOG_LEVEL: 'silent', REDIS_URL: redis.url }, 'built');

  async function fill(): Promise<void> {
    const { id: organizationId } = await seedOrganization(database);
    const passwordHash = await createArgon2Hasher().hash(PASSWORD);
    const user = () => seedUser(database, { organizationId, passwordHash });
    const people: Person[] = [];
    for (let i = 0; i < PEOPLE; i++) {
      const { id, email } = await user();
      people.push(new Person(id, email, PASSWORD));
    }
    crowd = new Crowd(people, urls, ledger, database);
    knockers = [];
    for (const i of services.keys()) {
      const { email } = await user();
      knockers.push(new Knocker(email, () => urls[i] ?? ''));
    }
    for (const knocker of knockers) knocker.start();
  }

  /** Until people got some way. */
  async function underLoad(chance: Chance): Promise<void> {
    const enough = crowd.told + chance.between(10, 30);
    const latest = performance.now() + 60_000;
    while (crowd.told < enough && performance.now() < latest) await sleep(10);
    await sleep(chance.between(0, 200));
  }

  /** Milliseconds until each process has written again after `strike`: of the slowest. */
  async function failover(strike: () => Promise<void> | void): Promise<number> {
    for (const knocker of knockers) knocker.begin();
    await strike();
    const struck = performance.now();
    const latest = struck + 60_000;
    while (!knockers.every((knocker) => knocker.servedSince(struck + 1_000)) && performance.now() < latest)
      await sleep(20);
    return Math.max(...knockers.map(({ waited }) => waited));
  }

  /** Everything that was acknowledged, by each node alone and through each process. */
  async function compareAll(): Promise<void> {
    for (const [i, { url }] of cluster.nodes.entries()) {
      const alone = await openDatabase(`${url}/twofold`);
      const own = new Ledger(alone);
      for (const person of crowd.people) await own.check(person, urls[i] ?? '');
      ledger.counts.checks += own.counts.checks;
      await alone.close();
    }
  }

  it(`a node is killed ${String(OUTAGES)} times and rejoins: nothing acknowledged is lost, and all goes on within 10 s`, async () => {
    const chance = chanceOf(seed);
    const waits: number[] = [];
    crowd.start(seed);
    for (let kill = 0; kill < OUTAGES; kill++) {
      // The first of the list is the one that all write to.
      const node = cluster.nodes[kill % 2 === 0 ? 0 : chance.between(1, 2)] as GaleraNode;
      await underLoad(chance);
      waits.push(await failover(() => node.kill()));
      await underLoad(chance);
      await node.rejoin();
      await underLoad(chance);
    }
    await crowd.stop();
    await compareAll();
    expect(Math.max(...waits)).toBeLessThan(FAILED_OVER);
    expect(crowd.told).toBeGreaterThan(OUTAGES * 20);
    seen['times a node was killed under load, and rejoined'] = String(waits.length);
    seen['longest time without a write after a kill, a process (ms)'] = waits
      .map((wait) => String(Math.round(wait)))
      .join(', ');
  });

  it('a node that hangs is left behind, and taken back', async () => {
    const chance = chanceOf(seed + 1);
    const [node] = cluster.nodes as [GaleraNode];
    crowd.start(seed + 1);
    await underLoad(chance);
    const waited = await failover(() => node.freeze());
    await underLoad(chance);
    node.thaw();
    await underLoad(chance);
    await crowd.stop();
    await cluster.whole();
    await compareAll();
    // What had been sent to it is given up after 8 s, and asked elsewhere.
    expect(waited).toBeLessThan(FAILED_OVER);
    seen['longest time without a write where it hung (ms)'] = String(Math.round(waited));
  });

  it('one node of three refuses, says so, and goes on when the others are back', async () => {
    const chance = chanceOf(seed + 2);
    crowd.start(seed + 2);
    await underLoad(chance);
    const [, ...others] = chance.oneOf([0, 1, 2].map((i) => rotated(cluster.nodes, i)));
    await Promise.all(others.map((node) => node.kill()));
    for (const url of urls) await until(async () => (await fetch(`${url}/readyz`)).status === 503);
    const before = crowd.told;
    const refusals = await Promise.all(
      Array.from({ length: 30 }, (_, i) => refusal(urls[i % urls.length] ?? '')),
    );
    expect(new Set(refusals)).toEqual(new Set(['SERVICE_UNAVAILABLE']));
    expect(crowd.told).toBe(before);
    for (const node of others) await node.launch();
    await cluster.whole();
    for (const url of urls) await until(async () => (await fetch(`${url}/readyz`)).status === 200);
    await underLoad(chance);
    await crowd.stop();
    await compareAll();
    expect(crowd.told).toBeGreaterThan(before);
    seen['requests to a minority, each refused as SERVICE_UNAVAILABLE'] = String(refusals.length);
  });

  /** What somebody with the right password is told. */
  async function refusal(url: string): Promise<string> {
    const { email } = crowd.people[0] as Person;
    const signIn = `mutation { signIn(input: { email: "${email}", password: "${PASSWORD}" }) { __typename } }`;
    const answer = await new Client(url).send(signIn);
    expect(answer.data?.['signIn'] ?? null).toBeNull();
    return answer.errors?.[0]?.extensions.code ?? answer.text;
  }

  it('the processes are restarted one after the other: each request is served, at the second door at the latest', async () => {
    const chance = chanceOf(seed + 3);
    const tries = { first: 0, second: 0, failed: 0 };
    let restarting = true;
    const session = new Client(urls[0] ?? '');
    await session.signIn(await plainUser());
    const lane = async (own: Chance) => {
      while (restarting) await twoDoors(own, session.token, tries);
    };
    const lanes = Array.from({ length: 6 }, (_, i) => lane(chanceOf(seed + 10 + i)));
    for (let restart = 0; restart < RESTARTS; restart++) {
      for (const [i, service] of [...services.entries()]) {
        await sleep(chance.between(200, 600));
        service.signal('SIGTERM');
        expect(await service.ended).toBe(0);
        const fresh = await start();
        services[i] = fresh;
        urls[i] = fresh.url;
      }
    }
    restarting = false;
    await Promise.all(lanes);
    expect(tries.failed).toBe(0);
    expect(tries.first).toBeGreaterThan(500);
    expect(tries.second).toBeGreaterThan(0);
    seen['restarts of a process (SIGTERM), one after the other'] = String(RESTARTS * services.length);
    seen['requests meanwhile: served at once, at the second door, not at all'] =
      `${String(tries.first)}, ${String(tries.second)}, ${String(tries.failed)}`;
  });

  async function plainUser(): Promise<string> {
    const { id: organizationId } = await seedOrganization(database);
    const passwordHash = await createArgon2Hasher().hash(PASSWORD);
    return (await seedUser(database, { organizationId, passwordHash })).email;
  }

  /** A request as a load balancer sends it: where one process does not take it, to another one, once. Every third one writes. */
  async function twoDoors(
    chance: Chance,
    token: string | null,
    tries: { first: number; second: number; failed: number },
  ): Promise<void> {
    const first = chance.between(0, 2);
    const send = chance.between(0, 2) === 0 ? writes : reads;
    if (await taken(() => send(urls[first], token))) tries.first += 1;
    else if (await taken(() => send(urls[(first + 1) % urls.length], token))) tries.second += 1;
    else tries.failed += 1;
  }

  async function reads(url: string | undefined, token: string | null): Promise<void> {
    const { viewer } = await clientOf(url, token).run(ViewerDocument);
    if (viewer === null) throw new Error('A session was lost.');
  }

  async function writes(url: string | undefined, token: string | null): Promise<void> {
    const input = { method: 'TOTP' as const };
    const { startTwoFactor } = await clientOf(url, token).run(StartTwoFactorDocument, { input });
    if (startTwoFactor.__typename !== 'AuthenticatorSetup') throw new Error(JSON.stringify(startTwoFactor));
  }

  function clientOf(url: string | undefined, token: string | null): Client {
    const client = new Client(url ?? '');
    client.token = token;
    return client;
  }

  async function taken(send: () => Promise<void>): Promise<boolean> {
    try {
      await send();
      return true;
    } catch (error) {
      if (!isOutage(error)) throw error;
      return false;
    }
  }

  it('afterwards the log is whole, and all of it is told', async () => {
    const verdict = await verifyLog(database);
    expect(verdict).toMatchObject({ whole: true });
    const { counts } = ledger;
    const rows = Object.entries({
      ...seen,
      'operations acknowledged to people': String(crowd.told),
      'people told that the service is not available, or cut off': String(crowd.refused),
      'of them, as the log says later: had not happened, had happened': `${String(counts.before)}, ${String(counts.after)}`,
      'comparisons of the ledger, on each node': String(counts.checks),
      'acknowledged and lost, half done, or a code that worked twice': '0',
      'lines of the audit log, verified': verdict.whole ? String(verdict.lines) : 'no',
      'seed of the chance': String(seed),
    }).map(([what, figure]) => `| ${what} | ${figure} |`);
    reportSection(
      'cluster-outages',
      `## Outages of a cluster

Three MariaDB nodes (Galera, as it is set up by default), Redis, and three processes of the service as an operator starts them, with one list of nodes; ${String(PEOPLE)} people who do what there is to do.

| | |
|---|---|
${rows.join('\n')}`,
    );
  });
});

function rotated<T>(items: readonly T[], by: number): T[] {
  return [...items.slice(by), ...items.slice(0, by)];
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const latest = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > latest) throw new Error('It did not come about within a minute.');
    await sleep(100);
  }
}
