import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditAction } from '@twofold/core/audit/audit-log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/argon2-hasher.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases, seedOrganization, seedUser } from '../databases/open-test-database.js';
import { testKey } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import { runService } from '../harness/running-service.js';
import { atOnce } from '../harness/scene.js';
import { startProgram } from '../keys/keys-scene.js';
import { chanceOf } from './kills/chance.js';
import { isGone, Person } from './kills/person.js';
import { reportSection } from './report.js';

/** On each of the two databases. */
const KILLS = Number(process.env['KILLS'] ?? 250);
const PEOPLE = 12;

describe.each(databases)('the process is killed while people sign in, on $name', ({ name, open }) => {
  let database: TestDatabase;
  let people: Person[];
  beforeAll(async () => {
    database = await open();
    const { id: organizationId } = await seedOrganization(database.database);
    const passwordHash = await createArgon2Hasher().hash(PASSWORD);
    const users = await atOnce(PEOPLE, () => seedUser(database.database, { organizationId, passwordHash }));
    people = users.map(({ id, email }) => new Person(id, email, PASSWORD));
  });
  afterAll(() => database.remove());

  const counts = { told: 0, before: 0, after: 0, checks: 0 };

  /** How often the audit log says that it was done. A line is written in the transaction of what it tells. */
  async function doneInLog({ id }: Person, action: AuditAction): Promise<number> {
    const [row] = await database.database.sql.all<{ total: number }>(
      "SELECT COUNT(*) AS total FROM audit_events WHERE user_id = ? AND action = ? AND outcome = 'DONE'",
      [id, action],
    );
    return row?.total ?? -1;
  }

  /** What nobody was told: it has happened as a whole, or not at all. */
  async function settle(person: Person): Promise<void> {
    const { unknown } = person;
    if (!unknown) return;
    person.unknown = null;
    const extra = (await doneInLog(person, unknown.action)) - (person.done.get(unknown.action) ?? 0);
    expect([0, 1], unknown.action).toContain(extra);
    if (extra === 0) {
      counts.before += 1;
      return;
    }
    counts.after += 1;
    person.count(unknown.action);
    unknown.happened();
  }

  /** Everything that was acknowledged, as the service that has come back tells it. */
  async function check(person: Person, url: string): Promise<void> {
    for (const [action, times] of person.done)
      expect([action, await doneInLog(person, action)]).toEqual([action, times]);
    const rows = (table: string) =>
      database.database.sql.all(`SELECT * FROM ${table} WHERE user_id = ?`, [person.id]);
    const on = person.app ? 1 : 0;
    expect([(await rows('two_factors')).length, (await rows('factors')).length]).toEqual([on, on]);
    const viewer = person.token === null ? null : await person.viewerOf(url, person.token);
    if (person.token !== null) expect(viewer?.twoFactorEnabled).toBe(on === 1);
    for (const token of person.dead.tokens.slice(-2)) expect(await person.viewerOf(url, token)).toBeNull();
    counts.checks += person.done.size + 3;
  }

  /** Acts until the service is gone. */
  async function live(person: Person, url: string, seed: number): Promise<void> {
    const chance = chanceOf(seed);
    for (;;) {
      try {
        await person.act(url, chance);
        counts.told += 1;
        // Where there was nothing to do at this moment.
        await sleep(1);
      } catch (error) {
        if (isGone(error)) return;
        throw error;
      }
    }
  }

  it(`${String(KILLS)} times: nothing acknowledged is lost, nothing happens by half, no code works twice`, async () => {
    const seed = Number(process.env['KILLS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const chance = chanceOf(seed);
    const begin = performance.now();
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const running = await runService(database.url, { LOG_LEVEL: 'silent' }, 'built');
        const lives = people.map((person) => live(person, running.url, chance.between(0, 2 ** 31)));
        await sleep(chance.between(50, 700));
        running.signal('SIGKILL');
        await running.ended;
        await Promise.all(lives);
        await Promise.all(people.map(settle));
        if (kill % 5 !== 4 && kill < KILLS - 1) continue;
        const again = await runService(database.url, { LOG_LEVEL: 'silent' }, 'built');
        await Promise.all(people.map((person) => check(person, again.url)));
        // Longer than the sealer of the audit log waits.
        if (kill === KILLS - 1) await sleep(5_000);
        again.signal('SIGKILL');
        await again.ended;
      }
      const keys = [{ id: 'test', key: testKey }];
      const verified = await startProgram('cli', { url: database.url, keys }, 'audit', 'verify').ended;
      expect(verified.code, verified.stderr).toBe(0);
    } catch (error) {
      throw new Error(
        `KILLS_SEED=${String(seed)}: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      );
    }
    const seconds = Math.round((performance.now() - begin) / 1_000);
    // Of so many some are cut off before their COMMIT, and some after it.
    if (KILLS >= 100) expect(Math.min(counts.before, counts.after)).toBeGreaterThan(0);
    reportSection(
      `kills-${name.toLowerCase()}`,
      `## ${String(KILLS)} kills, on ${name}

The process was killed (\`SIGKILL\`) at random moments while ${String(PEOPLE)} people signed in, set two-factor up, used app and recovery
codes, changed passwords and switched it off. A ledger of what they were told was held against the database and the service after it.

| | |
| --- | --- |
| kills | ${String(KILLS)} |
| turns of the people that were answered | ${String(counts.told)} |
| operations cut off that had not happened | ${String(counts.before)} |
| operations cut off that had happened as a whole | ${String(counts.after)} |
| comparisons of the ledger | ${String(counts.checks)} |
| acknowledged and lost, half done, or a code that worked twice | 0 |
| audit log | verified |
| seconds | ${String(seconds)} |
| seed | ${String(seed)} |`,
    );
  });
});
