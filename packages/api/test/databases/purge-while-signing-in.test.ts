import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PURGED_AT_ONCE, purgeExpired } from '../../src/store/purge-expired.js';
import { openDatabase } from '../../src/store/data-source.js';
import type { Sql } from '../../src/store/engine/sql.js';
import { placeholders } from '../../src/store/engine/sql.js';
import type { Person, Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';
import { databases } from './open-test-database.js';

const EXPIRED = 50_000;

describe.each(databases)('50,000 sessions that have run out are purged on $name', ({ open }) => {
  let scene: Scene;
  let person: Person;
  beforeAll(async () => {
    scene = await openScene(open);
    person = await scene.plainUser();
  });
  afterAll(() => scene.close());

  const sql = () => scene.service.service.database.sql;
  const signIn = async () => (await scene.service.client().signIn(person.email)).__typename;

  async function fill(): Promise<void> {
    const past = scene.now() - 1;
    for (let from = 0; from < EXPIRED; from += 1_000) {
      const ids = Array.from({ length: 1_000 }, (_, at) => String(from + at));
      await sql().run(
        `INSERT INTO sessions (id, user_id, token_hash, signed_in_at, last_seen_at, idle_expires_at, absolute_expires_at, keep_signed_in)
         VALUES ${ids.map(() => `(${placeholders(8)})`).join(', ')}`,
        ids.flatMap((id) => [id, person.id, id, 0, 0, past, past, 0]),
      );
    }
  }

  const left = async () => {
    const [row] = await sql().all<{ total: number }>('SELECT COUNT(*) AS total FROM sessions');
    return row?.total;
  };

  /** Purges, and answers how many sessions each statement deleted. What sign-ins leave among the counters is not looked at. */
  async function purged(
    on: Sql,
    { after, signal }: { after?: () => Promise<void>; signal?: AbortSignal } = {},
  ) {
    const deleted: number[] = [];
    const watched: Sql = {
      ...on,
      async run(text, values) {
        const rows = await on.run(text, values);
        if (!text.includes(' sessions ')) return rows;
        deleted.push(rows);
        await after?.();
        return rows;
      },
    };
    await purgeExpired(watched, scene.now(), signal);
    return deleted;
  }

  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

  it('in small statements, between which people sign in', async () => {
    const before = await left();
    await fill();
    const between: string[] = [];
    let statements = 0;
    let ended = false;
    const purge = purged(sql(), {
      async after() {
        statements += 1;
        // Half-way through the purge: were a lock still held, these would wait for what waits for them.
        if (statements % 20 === 1) between.push(await signIn());
      },
    }).finally(() => (ended = true));
    const meanwhile: string[] = [];
    while (!ended) meanwhile.push(await signIn());
    const deleted = await purge;

    expect(sum(deleted)).toBe(EXPIRED);
    expect(Math.max(...deleted)).toBe(PURGED_AT_ONCE);
    expect(between.length).toBeGreaterThanOrEqual(5);
    expect(new Set([...between, ...meanwhile])).toEqual(new Set(['SignedIn']));
    expect(await left()).toBe((before ?? 0) + between.length + meanwhile.length);
  });

  it('by two nodes at once: each row once, without a fault, and what one leaves the other takes', async () => {
    const before = await left();
    await fill();
    const other = await openDatabase(scene.database.url);
    const deleted = await Promise.all([purged(sql()), purged(other.sql)]);
    expect(sum(deleted.flat())).toBe(EXPIRED);
    expect(await left()).toBe(before);
    await other.close();
  });

  it('and no longer than the service runs: what is left is for the next time', async () => {
    await fill();
    const stopping = new AbortController();
    let statements = 0;
    const after = () => {
      statements += 1;
      if (statements === 3) stopping.abort();
      return Promise.resolve();
    };
    const first = await purged(sql(), { after, signal: stopping.signal });
    expect(first).toEqual([1, 2, 3].map(() => PURGED_AT_ONCE));
    expect(sum(await purged(sql()))).toBe(EXPIRED - sum(first));
  });
});
