import { MINUTE } from '@twofold/core/ports';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import type { UseCases } from '@twofold/core/use-cases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeRandom } from '../../src/adapters/node-random.js';
import { auditChainStore } from '../../src/store/audit/audit-chain.store.js';
import { createStores } from '../../src/store/stores.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases, seedUser } from '../databases/open-test-database.js';
import type { Fixture } from '../faults/fixture.js';
import { openFixture } from '../faults/fixture.js';
import { PASSWORD } from '../harness/password.js';
import type { Crowd } from './crowd.js';
import { fillCrowd } from './crowd.js';
import { changeAccounts, followLinks, keepHouse, readAll } from './everything.js';
import type { Exception } from './plans.js';
import { faultsOf } from './plans.js';
import { Called, watchedDatabase } from './watched-database.js';

const exceptions: readonly Exception[] = [
  {
    statement: /^SELECT COUNT\(\*\) AS total FROM users u/,
    ...{ scans: true, rows: 2_100 },
    because: 'a number of all counts all; a database may do so in any way',
  },
  {
    statement: /^SELECT COUNT\(\*\) AS everybody/,
    ...{ scans: true, rows: 2_100 },
    because: 'a rehearsal of a policy counts all whom it would concern',
  },
  { statement: /user_parts .* LIMIT 1001\b/, rows: 1_001, because: 'whether a search finds few' },
  {
    statement: /\(SELECT DISTINCT user_id FROM user_parts/,
    sorts: true,
    because: 'of a search, 1,000 at most',
  },
  {
    statement: /^SELECT t\.user_id.* FROM two_factors/s,
    sorts: true,
    because: 'an account has three factors at most',
  },
  {
    statement: /FROM setups\s+WHERE session_id = \?/,
    sorts: true,
    because: 'a session has three set-ups at most',
  },
  {
    statement: /WHERE position IS NULL ORDER BY at, id/,
    sorts: true,
    because: 'they are sealed every two seconds',
  },
  {
    statement: /WHERE position (>|<=) \?.* ORDER BY position LIMIT \?/s,
    rows: 1_000,
    because: 'a batch of the chain',
  },
  {
    statement: /ORDER BY position LIMIT 10000\b/,
    rows: 10_000,
    because: 'a piece of the log that is trimmed',
  },
  { statement: /ORDER BY position DESC LIMIT 1$/, scans: true, because: 'the last of an index, and no more' },
  {
    statement: /ORDER BY \w+ LIMIT 500$|^DELETE .* IN \(/,
    rows: 500,
    because: 'a batch of what has run out',
  },
];

/**
 * The rules run as they do in the service, over stores whose statements are explained one by one just before they are carried out.
 * A statement that a store gets anew is explained as soon as something calls it, and what nothing here calls is named at the end.
 */
describe.each(databases)('what the stores ask $name for', ({ open }) => {
  let opened: TestDatabase;
  let fixture: Fixture;
  let crowd: Crowd;
  const called = new Called();
  const faults = new Map<string, Set<string>>();
  const seen = new Set<string>();

  beforeAll(async () => {
    opened = await open();
    const plain = await openFixture(opened.database);
    const [organization] = await opened.database.sql.all<{ id: string }>('SELECT id FROM organizations');
    crowd = await fillCrowd(opened.database, organization!.id, plain.clock.now());
    if (opened.name === 'MariaDB') {
      for (const table of [
        'users',
        'user_parts',
        'sessions',
        'challenges',
        'limits',
        'audit_events',
        'two_factors',
        'sent_texts',
      ])
        await opened.database.sql.all(`ANALYZE TABLE ${table}`);
    }
    const useCases = plain.over(watched(), (stores) => called.watchStores(stores));
    fixture = { ...plain, useCases: called.watch<UseCases>('useCases', useCases) };
  });
  afterAll(() => opened.remove());

  const watched = () =>
    watchedDatabase(opened.database, async (sql, text, values) => {
      seen.add(text);
      for (const fault of await faultsOf(sql, text, values, exceptions))
        faults.set(text, (faults.get(text) ?? new Set()).add(fault));
    });

  /** Somebody who may see everybody, signed in. */
  async function administrator() {
    const passwordHash = await fakeHasher().hash(PASSWORD);
    const { organizationId } = crowd;
    const { email } = await seedUser(opened.database, { organizationId, passwordHash, role: 'ADMIN' });
    return fixture.session(email);
  }

  const told = () =>
    [...faults].map(([text, found]) => `${[...found].slice(0, 3).join('\n')}\n${text.replace(/\s+/g, ' ')}`);

  it('is found along an index, page by page, whoever signs in, changes an account or looks around', async () => {
    await changeAccounts(fixture);
    await readAll(fixture, await administrator(), crowd);
    const { session, user } = await administrator();
    const passwordConfirmedUntil = fixture.clock.now() + MINUTE;
    const stores = createStores(watched(), { clock: fixture.clock, random: nodeRandom, origin: () => null });
    await followLinks(fixture, stores, { session: { ...session, passwordConfirmedUntil }, user });
    expect(told()).toEqual([]);
  });

  it('and so it is when the house is kept', async () => {
    faults.clear();
    const database = watched();
    const stores = createStores(database, { clock: fixture.clock, random: nodeRandom, origin: () => null });
    const chain = called.watchChain(auditChainStore(database));
    await keepHouse(fixture, { database, stores: called.watchStores(stores), chain }, await administrator());
    expect(told()).toEqual([]);
  });

  it('which leaves out no rule and no function of a store', () => {
    expect(called.never()).toEqual([]);
    // Nor would any go by unseen: these are the pages in each order and with each filter.
    const pagesOf = (table: RegExp) =>
      [...seen].filter((text) => text.startsWith('SELECT') && table.test(text)).length;
    expect(pagesOf(/ FROM (users u|\(SELECT DISTINCT)/)).toBeGreaterThan(50);
    expect(pagesOf(/ FROM audit_events (INDEXED|FORCE)/)).toBeGreaterThan(15);
    for (const table of [
      'sessions',
      'challenges',
      'setups',
      'factors',
      'limits',
      'links',
      'organizations',
      'sent_texts',
      'audit_chain',
    ])
      expect(pagesOf(new RegExp(` (FROM|JOIN) ${table}\\b`)), table).toBeGreaterThan(0);
  });

  it('and would be told of where it was not so', async () => {
    faults.clear();
    const { sql } = watched();
    await sql.all('SELECT id FROM users WHERE name = ?', ['Anna 0']);
    await sql.run('UPDATE sessions SET last_seen_at = 0 WHERE signed_in_at = ?', [-1]);
    await sql.all('SELECT id FROM users WHERE organization_id = ? ORDER BY created_at LIMIT 1', [
      crowd.organizationId,
    ]);
    expect(told().map((found) => found.replace(/:.*/s, ''))).toEqual(['no index', 'no index', 'sorts']);
  });
});
