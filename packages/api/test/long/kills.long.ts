import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/passwords/argon2-hasher.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases, seedOrganization, seedUser } from '../databases/open-test-database.js';
import { testKey } from '../harness/open-service.js';
import { PASSWORD } from '../harness/password.js';
import type { RunningService } from '../harness/running-service.js';
import { runService } from '../harness/running-service.js';
import { atOnce } from '../harness/scene.js';
import { startProgram } from '../keys/keys-scene.js';
import type { Chance } from './kills/chance.js';
import { chanceOf } from './kills/chance.js';
import { Ledger } from './kills/ledger.js';
import { Person } from './kills/person.js';
import { isGone } from './kills/service.js';
import { Texter } from './kills/texter.js';
import { reportSection } from './report.js';

/** On each of the two databases. */
const KILLS = Number(process.env['KILLS'] ?? 250);
const PEOPLE = 12;
/** Fewer than an organisation may have texts for in a day; each texter takes two. */
const TEXTERS_OF_ONE = 100;
/** Milliseconds after which the kill comes although people got little done. */
const PATIENCE = 20_000;
/** Milliseconds for one kill and what surrounds it, on a machine that has much else to do. */
const LONGEST_LIFE = 30_000;

describe.each(databases)('the process is killed while people sign in, on $name', ({ name, open }) => {
  let database: TestDatabase;
  let people: Person[];
  let ledger: Ledger;
  let passwordHash: string;
  let organizationId: string;
  let texters = 0;
  let texter: Texter | null = null;
  beforeAll(async () => {
    database = await open();
    ledger = new Ledger(database.database);
    ({ id: organizationId } = await seedOrganization(database.database));
    passwordHash = await createArgon2Hasher().hash(PASSWORD);
    const users = await atOnce(PEOPLE, () => seedUser(database.database, { organizationId, passwordHash }));
    people = users.map(({ id, email }) => new Person(id, email, PASSWORD));
  });
  afterAll(() => database.remove());

  const told = () => people.reduce((sum, person) => sum + person.told, 0);

  async function newTexter(): Promise<Texter> {
    if (texters % TEXTERS_OF_ONE === 0) ({ id: organizationId } = await seedOrganization(database.database));
    const { id, email } = await seedUser(database.database, { organizationId, passwordHash });
    return new Texter(id, email, `+49151${String(23_400_000 + texters++)}`);
  }

  /** Acts until the service is gone. */
  async function live(person: Person, url: string, seed: number): Promise<void> {
    const chance = chanceOf(seed);
    try {
      for (;;) {
        const before = person.told;
        await person.act(url, chance);
        // Where there was nothing to do at this moment, as before the app's next code.
        if (person.told === before) await sleep(20);
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** Enters the code that was texted; the kill may cut the answer off. */
  async function enter(arrived: Texter, url: string): Promise<void> {
    try {
      expect(await arrived.enter(url)).toBe('SignedIn');
      arrived.told = true;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** Kills it once people got some way, which a slow machine takes longer for, and in the middle of what they do then. */
  async function killUnderLoad(running: RunningService, chance: Chance): Promise<void> {
    const enough = told() + chance.between(0, 20);
    const lives = people.map((person) => live(person, running.url, chance.between(0, 2 ** 31)));
    await texter?.arrive(running.url);
    const latest = performance.now() + PATIENCE;
    while (told() < enough && performance.now() < latest) await sleep(5);
    const entered = texter && enter(texter, running.url);
    await sleep(chance.between(0, 100));
    running.signal('SIGKILL');
    expect(await running.ended).toBe('SIGKILL');
    await Promise.all([...lives, entered]);
    for (const person of people) await ledger.settle(person);
  }

  const start = () => runService(database.url, { LOG_LEVEL: 'silent' }, 'built');

  async function killAll(chance: Chance): Promise<void> {
    for (let kill = 0; kill < KILLS; kill++) {
      const arriving = kill % 2 === 1 ? await newTexter() : null;
      const running = await start();
      if (texter) await ledger.checkTexter(texter, running.url);
      // What the kill before left is compared before anybody goes on.
      if (kill % 5 === 4) for (const person of people) await ledger.check(person, running.url);
      texter = arriving;
      await killUnderLoad(running, chance);
    }
    const last = await start();
    if (texter) await ledger.checkTexter(texter, last.url);
    for (const person of people) await ledger.check(person, last.url);
    // Longer than the sealer of the audit log waits.
    await sleep(5_000);
    last.signal('SIGKILL');
    await last.ended;
    const keys = [{ id: 'test', key: testKey }];
    const verified = await startProgram('cli', { url: database.url, keys }, 'audit', 'verify').ended;
    expect(verified.code, verified.stderr).toBe(0);
  }

  it(
    `${String(KILLS)} times: nothing acknowledged is lost, nothing happens by half, no code works twice`,
    async () => {
      const seed = Number(process.env['KILLS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
      const begin = performance.now();
      await killAll(chanceOf(seed)).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(`KILLS_SEED=${String(seed)}: ${message}`, { cause: error });
      });
      const { counts } = ledger;
      // Few acknowledged operations, or none cut off on one side of its COMMIT, would show nothing.
      expect(told()).toBeGreaterThan(KILLS * 5);
      if (KILLS >= 100) expect(Math.min(counts.before, counts.after)).toBeGreaterThan(0);
      report(seed, Math.round((performance.now() - begin) / 1_000));
    },
    KILLS * LONGEST_LIFE + 60_000,
  );

  function report(seed: number, seconds: number): void {
    const { counts } = ledger;
    const actions = new Set(people.flatMap(({ done }) => [...done.keys()]));
    const done = [...actions].sort().map((action) => {
      const times = people.reduce((sum, person) => sum + (person.done.get(action) ?? 0), 0);
      return `${action} ${String(times)}`;
    });
    const refused = people.reduce((sum, { refusedAgain }) => sum + refusedAgain, 0);
    reportSection(
      `kills-${name.toLowerCase()}`,
      `## ${String(KILLS)} kills, on ${name}

The process was killed (\`SIGKILL\`) at random moments while ${String(PEOPLE)} people signed in, set two-factor up, used app and recovery
codes, changed passwords and switched it off, and before each second kill one more entered a code that was texted. A ledger of what
they were told was held against the database and the service after it.

| | |
| --- | --- |
| kills | ${String(KILLS)} |
| operations acknowledged | ${String(told())} |
| operations cut off that had not happened | ${String(counts.before)} |
| operations cut off that had happened as a whole | ${String(counts.after)} |
| done, cut off ones included | ${done.join(', ')} |
| texted codes at the door | ${String(texters)}: ${String(counts.textsBefore)} cut off before they counted, ${String(counts.textsAfter)} after it |
| dead codes tried again, and refused | ${String(refused)} by people who went on, and each texted one |
| comparisons of the ledger | ${String(counts.checks)} |
| acknowledged and lost, half done, or a code that worked twice | 0 |
| audit log | verified |
| seconds | ${String(seconds)} |
| seed of the chance | ${String(seed)} |`,
    );
  }
});
