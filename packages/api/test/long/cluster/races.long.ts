import { DAY, HOUR } from '@twofold/core/ports';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/store/data-source.js';
import { openDatabase } from '../../../src/store/data-source.js';
import type { GaleraCluster } from '../../databases/galera.js';
import { startGalera } from '../../databases/galera.js';
import { seedOrganization, seedUser, storesOn } from '../../databases/open-test-database.js';
import { PASSWORD } from '../../harness/password.js';
import { chanceOf } from '../kills/chance.js';
import { reportSection } from '../report.js';
import type { Fleet } from './fleet.js';
import { startFleet } from './fleet.js';
import { Racer } from './racer.js';
import type { Referee } from './races.js';
import { races } from './races.js';
import { startRedis } from './redis.js';
import { verifyLog } from './verify-log.js';

const RACES = Number(process.env['RACES'] ?? 20_000);
const PEOPLE = 90;
/** So few that a day's budget of texts is enough for them. */
const PEOPLE_OF_ONE = 15;
const AT_ONCE = 12;
/** Between two races of one user: longer than a step of an app, than a lock, and than what texts a number may get at once. */
const PAUSE = 4 * HOUR;

/** Half a second for a race, on a machine that has much else to do. */
const LONGEST = RACES * 500 + 120_000;

describe('three nodes, each with a process of the service that writes there', () => {
  let cluster: GaleraCluster;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let fleet: Fleet;
  let databases: Database[];
  let racers: Racer[];
  beforeAll(async () => {
    cluster = await startGalera();
    redis = await startRedis();
    const hosts = cluster.nodes.map(({ port }) => `127.0.0.1:${String(port)}`);
    const urls = hosts.map(
      (_, i) => `mariadb://root@${[...hosts.slice(i), ...hosts.slice(0, i)].join(',')}/twofold`,
    );
    const admin = await openDatabase(`mariadb://root@${hosts[0] ?? ''}/mysql`);
    await admin.sql.run('CREATE DATABASE twofold');
    await admin.close();
    // All three find an empty database, and migrate it.
    fleet = await startFleet(urls, redis.url);
    databases = await Promise.all(hosts.map((host) => openDatabase(`mariadb://root@${host}/twofold`)));
    racers = await makeRacers();
  }, 180_000);
  afterAll(async () => {
    for (const database of databases) await database.close();
    await fleet.stop();
    await redis.stop();
    await cluster.remove();
  });

  const oneOf = (index: number): Database => databases[index % databases.length]!;

  async function makeRacers(): Promise<Racer[]> {
    const passwordHash = await fakeHasher().hash(PASSWORD);
    const made: Racer[] = [];
    let organizationId = '';
    for (let i = 0; i < PEOPLE; i++) {
      if (i % PEOPLE_OF_ONE === 0) ({ id: organizationId } = await seedOrganization(oneOf(0)));
      const { id, email } = await seedUser(oneOf(i), { organizationId, passwordHash });
      const phone = `+49151${String(23_400_000 + i)}`;
      made.push(new Racer(id, email, PASSWORD, phone, `10.0.0.${String(i + 1)}`, fleet));
    }
    return made;
  }

  const referee: Referee = {
    async failures(counter, userId) {
      const state = (await storesOn(oneOf(1)).limits.peek(`${counter}:${userId}`)) as {
        failures: number;
        lockedUntil: number | null;
        lastFailureAt: number;
      } | null;
      if (state === null) return 0;
      if ((state.lockedUntil ?? 0) > fleet.now()) return null;
      // From a day without a failure on it is as if there had been none.
      return state.lastFailureAt + DAY <= fleet.now() ? 0 : state.failures;
    },
  };

  /** Who is locked out does not race: after several locks one lasts longer than the pause between two races. */
  async function isLocked({ id }: Racer): Promise<boolean> {
    const counters = ['second-factor', 'recovery-code'] as const;
    const failures = await Promise.all(counters.map((counter) => referee.failures(counter, id)));
    return failures.includes(null);
  }

  /** Each user races once, several of them at a time. */
  async function round(seed: number, counts: Map<string, number>): Promise<void> {
    const chance = chanceOf(seed);
    const waiting = racers.map((racer) => ({ racer, seed: chance.between(0, 2 ** 31) }));
    const lane = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const { racer } = next;
        if (await isLocked(racer)) continue;
        const own = chanceOf(next.seed);
        const choices = Object.entries(races[racer.protection.by]).flatMap(([name, { race, weight }]) =>
          Array.from({ length: weight }, () => ({ name: `${name} (${racer.protection.by})`, race })),
        );
        const { name, race } = own.oneOf(choices);
        await race(racer, own, referee).catch((error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          throw new Error(`${name}: ${message}`, { cause: error });
        });
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  const conflicts = async () => {
    const rows = await Promise.all(
      databases.map(({ sql }) =>
        sql.all<{ total: string }>(
          `SELECT SUM(VARIABLE_VALUE) AS total FROM information_schema.GLOBAL_STATUS
           WHERE VARIABLE_NAME IN ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')`,
        ),
      ),
    );
    return rows.reduce((sum, [row]) => sum + Number(row?.total ?? 0), 0);
  };

  async function raceAll(seed: number): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    const chance = chanceOf(seed);
    const done = () => [...counts.values()].reduce((sum, count) => sum + count, 0);
    while (done() < RACES) {
      await round(chance.between(0, 2 ** 31), counts);
      await fleet.advance(PAUSE);
    }
    return counts;
  }

  /** The log of each node has a line for each session and each set-up that was acknowledged, and no more. */
  async function compareWithLog(): Promise<number> {
    let compared = 0;
    for (const [i, racer] of racers.entries()) {
      for (const [action, times] of Object.entries(racer.won)) {
        const [row] = await oneOf(i).sql.all<{ total: number }>(
          "SELECT COUNT(*) AS total FROM audit_events WHERE user_id = ? AND action = ? AND outcome = 'DONE'",
          [racer.id, action],
        );
        expect([racer.email, action, Number(row?.total)]).toEqual([racer.email, action, times]);
        compared += times;
      }
    }
    return compared;
  }

  it(
    `${String(RACES)} races over the nodes: each code wins once, each wrong one counts once`,
    { timeout: LONGEST },
    async () => {
      const seed = Number(process.env['RACES_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
      const begin = performance.now();
      const counts = await raceAll(seed).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(`RACES_SEED=${String(seed)}: ${message}`, { cause: error });
      });
      const seconds = Math.round((performance.now() - begin) / 1_000);
      const compared = await compareWithLog();
      const met = await conflicts();
      // Races that never met on two nodes would show nothing.
      expect(met).toBeGreaterThan(RACES / 100);
      const verdict = await verifyLog(oneOf(2));
      expect(verdict).toMatchObject({ whole: true });
      report({ seed, seconds, counts, compared, met, lines: verdict.whole ? verdict.lines : 0 });
    },
  );

  function report(run: {
    seed: number;
    seconds: number;
    counts: Map<string, number>;
    compared: number;
    met: number;
    lines: number;
  }): void {
    const total = [...run.counts.values()].reduce((sum, count) => sum + count, 0);
    const kinds = [...run.counts].sort().map(([name, count]) => `| ${name} | ${String(count)} |`);
    const tokens = racers.reduce((sum, { tokensUsed }) => sum + tokensUsed, 0);
    reportSection(
      'cluster-races',
      `## Races over a cluster

Three MariaDB nodes (Galera), Redis, and three processes of the service that each write to another node, as it is hardest; ${String(PEOPLE)} users, ${String(AT_ONCE)} races at a time.
Passwords cost nothing here, and the clock is put forward between a user's races.

| race | times |
|---|---|
${kinds.join('\n')}
| **all** | **${String(total)}** |

| what was seen | |
|---|---|
| conflicts between nodes, each run again by the service (certification failures and aborts) | ${String(run.met)} |
| sessions and set-ups acknowledged, and found in the log as often | ${String(run.compared)} |
| a new token used on another node at once, and known there | ${String(tokens)} |
| a code, challenge or recovery code that worked twice; a wrong one counted wrongly; a masked error | 0 |
| lines of the audit log, verified | ${String(run.lines)} |
| seconds | ${String(run.seconds)} |
| seed of the chance | ${String(run.seed)} |`,
    );
  }
});
