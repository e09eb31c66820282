import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../databases/open-test-database.js';
import { dumpTables } from '../threats/tables.js';
import type { End } from './ends.js';
import { ends } from './ends.js';
import type { Fixture } from './fixture.js';
import { openFixture } from './fixture.js';
import type { MortalDatabase } from './mortal-database.js';
import { mortalDatabase } from './mortal-database.js';
import type { Ready } from './operations.js';
import { operations } from './operations.js';

/** Of an operation that reads, locks, writes and records there are more: fewer would mean that none was counted. */
const FEWEST_MOMENTS = 10;

describe.each(ends)('threat: $name in the middle of an operation', ({ open, endOn }) => {
  let opened: TestDatabase;
  let end: End;
  let mortal: MortalDatabase;
  let fixture: Fixture;
  beforeAll(async () => {
    opened = await open();
    end = await endOn(opened);
    mortal = mortalDatabase(opened.database, end.strike);
    fixture = await openFixture(opened.database);
  });
  afterAll(async () => {
    await end.close();
    await opened.remove();
  });

  const dump = () => dumpTables(opened.database.sql);

  /** Does it, to be cut short at this moment. Answers when it died and how many mails went out. */
  async function cutShortAt(moment: number, { act }: Ready) {
    const mailsBefore = fixture.mails();
    mortal.dieAt(moment);
    const outcome = await act(fixture.over(mortal)).then(
      (result) => (result.ok ? 'done' : result.problem.code),
      (error: unknown) => (end.causes(error) ? 'thrown' : String(error)),
    );
    const { died } = mortal;
    // A death that was answered as a success, or as a refusal, would be a lie.
    expect({ moment, outcome }).toEqual({ moment, outcome: died === 'not at all' ? 'done' : 'thrown' });
    return { died, mails: fixture.mails() - mailsBefore };
  }

  it('the trial itself sees half of what is written outside of a transaction', async () => {
    const before = await dump();
    const name = "UPDATE organizations SET name = 'half'";
    mortal.dieAt(3);
    const both = mortal.sql.run(name).then(() => mortal.sql.run("UPDATE organizations SET name = 'whole'"));
    await expect(both).rejects.toThrow();
    expect(mortal.died).toBe('before COMMIT');
    const found = await end.found();
    expect(found).not.toEqual(before);
    expect(found['organizations']?.join()).toContain('half');
  });

  it.each(operations)('$name: wholly before, or after COMMIT wholly after', async ({ prepare, mails }) => {
    const ready = await prepare(fixture);
    const before = await dump();
    let moment = 1;
    for (; ; moment++) {
      const { died, mails: sent } = await cutShortAt(moment, ready);
      expect(sent).toBe(0);
      if (died !== 'before COMMIT') break;
      expect({ moment, tables: await end.found() }).toEqual({ moment, tables: before });
      expect({ moment, tables: await dump() }).toEqual({ moment, tables: before });
    }
    expect(moment).toBeGreaterThan(FEWEST_MOMENTS);

    // The code that all those deaths had in hand was still good: this time it was taken, though nobody was told.
    expect(mortal.died).toBe('after COMMIT');
    expect(mortal.committing).not.toEqual(before);
    expect(await end.found()).toEqual(mortal.committing);
    expect(await dump()).toEqual(mortal.committing);
    expect(mortal.committing['audit_events']).toHaveLength((before['audit_events'] ?? []).length + 1);
    await ready.happened();

    const untouched = await prepare(fixture);
    expect(await cutShortAt(moment + 1, untouched)).toEqual({ died: 'not at all', mails });
    await untouched.happened();
  });
});
