import { statSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeRandom } from '../../src/adapters/node-random.js';
import { auditStore } from '../../src/store/audit/audit.store.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases, seedOrganization, seedUser } from '../databases/open-test-database.js';
import { documentOf, runCliProcess, runHere, temporaryFolder } from './cli-scene.js';

const LINES = 2_300;
const START = Date.parse('2026-01-01T00:00:00Z');
const HOUR = 3_600_000;

interface Line {
  readonly position: number;
  readonly at: string;
  readonly device: string;
  readonly userName: string | null;
  readonly organizationId: string;
}

describe.each(databases)('audit export, on $name', ({ open }) => {
  const folder = temporaryFolder();
  let database: TestDatabase;
  let ids: string[];
  /** A line an hour, in turns for two organisations of which one has a user that is dangerous to open in a spreadsheet. */
  beforeAll(async () => {
    database = await open();
    const { database: opened } = database;
    const demo = await seedOrganization(opened, { name: 'Demo Signage' });
    const other = await seedOrganization(opened, { name: 'Other Signage' });
    const user = await seedUser(opened, { organizationId: demo.id, name: '=HYPERLINK("evil"),' });
    ids = [demo.id, other.id];
    let hours = 0;
    const log = auditStore(opened, {
      clock: { now: () => START + hours * HOUR },
      random: nodeRandom,
      origin: () => ({ requestId: 'r', address: '192.0.2.1', device: `line ${hours}` }),
    });
    await opened.transaction(async () => {
      for (; hours < LINES; hours++) {
        const organizationId = ids[hours % 2] ?? '';
        const whose = { userId: user.id, organizationId, method: null, sessionId: null };
        await log.record({ action: 'SIGN_IN', outcome: 'DONE', ...whose });
      }
    });
  });
  afterAll(async () => {
    await database.remove();
    folder.remove();
  });

  async function exported(...words: string[]): Promise<Line[]> {
    const answered = await runHere(database, 'audit', 'export', '--format', 'jsonl', ...words);
    expect(answered.code).toBe(0);
    return answered.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
  }

  it('gives every line once, oldest first, with its place in the chain, over several pages', async () => {
    const lines = await exported();
    expect(lines.map(({ position }) => position)).toEqual(Array.from({ length: LINES }, (_, i) => i + 1));
    expect(lines.map(({ device }) => device)).toEqual(Array.from({ length: LINES }, (_, i) => `line ${i}`));
  });

  it('of a time and of an organisation, by name or id', async () => {
    const day = await exported('--since', '2026-01-02', '--until', '2026-01-03');
    expect([day.length, day[0]?.at, day.at(-1)?.at]).toEqual([
      24,
      '2026-01-02T00:00:00.000Z',
      '2026-01-02T23:00:00.000Z',
    ]);
    for (const named of ['Other Signage', ids[1] ?? '']) {
      const theirs = await exported('--organization', named, '--since', '2026-02-01T09:30:00+01:00');
      expect(theirs[0]?.at).toBe('2026-02-01T09:00:00.000Z');
      expect(new Set(theirs.map(({ organizationId }) => organizationId))).toEqual(new Set([ids[1]]));
    }
    expect(await exported('--since', '2027-01-01')).toEqual([]);
  });

  it('threat: a name that a spreadsheet would run is text in the CSV', async () => {
    const { stdout } = await runHere(database, 'audit', 'export', '--until', '2026-01-01T01:00:00Z');
    const [head, row, ...rest] = stdout.split('\r\n');
    expect(head).toMatch(/^"position","at","action","outcome","organizationId"/);
    expect(row).toContain(`"'=HYPERLINK(""evil""),"`);
    expect(rest).toEqual(['']);
  });

  it('into a file that its owner alone reads, and that no second run overwrites; --json tells of it', async () => {
    const file = folder.file('log.csv');
    const words = ['audit', 'export', '--output', file, '--json'];
    const answered = await runCliProcess({ url: database.url }, ...words);
    expect(documentOf(answered)).toEqual({ lines: LINES, file });
    expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(LINES + 2);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await runHere(database, ...words)).toMatchObject({ code: 3 });
  });

  it.each([
    ['--since', 'yesterday', 2],
    ['--since', '2026-01-01 10:00', 2],
    ['--since', '2026-13-01', 2],
    ['--format', 'xml', 2],
    ['--json', '--format=csv', 2],
    ['--organization', 'Nowhere', 3],
  ])('refuses %s %s', async (option, value, code) => {
    expect(await runHere(database, 'audit', 'export', option, value)).toMatchObject({ code });
  });
});
