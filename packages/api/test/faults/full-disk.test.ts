import { SignInDocument, ViewerDocument } from '@twofold/contract/graphql';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

/** What is written fits into pages that are there, for so many times at most. */
const MOST = 100;

describe('a SQLite that has no room left', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(openSqlite);
  });
  afterAll(() => scene.close());

  /** SQLite's own limit answers as a full disk does, with SQLITE_FULL. It is the connection's, and that stays. */
  async function limitTo(pages: 'what is used' | 'no limit'): Promise<void> {
    const source = await scene.service.service.database.dataSource();
    const [used] = await source.query<{ page_count: number }[]>('PRAGMA page_count');
    const most = pages === 'no limit' ? 1_000_000 : (used?.page_count ?? 0);
    await source.query(`PRAGMA max_page_count = ${String(most)}`);
  }

  it('reads go on, writes are refused as a whole, and all is well once there is room', async () => {
    const { email, owner } = await scene.plainUser();
    const { sql } = scene.database.database;
    const count = async (table: string) => (await sql.all(`SELECT id FROM ${table}`)).length;
    const input = { email, password: PASSWORD, transport: 'BEARER' };
    const signIn = () => scene.service.client().send(print(SignInDocument), { input });

    await limitTo('what is used');
    let done = 1;
    let answer = await signIn();
    for (; !answer.errors && done < MOST; done++) answer = await signIn();
    const refusals = [answer, await signIn(), await signIn()].filter(({ errors }) => errors);
    expect(refusals.length).toBeGreaterThan(0);
    for (const { errors, headers, text } of refusals) {
      const requestId = headers.get('x-request-id');
      expect(errors?.map(({ extensions }) => extensions)).toEqual([
        { code: 'SERVICE_UNAVAILABLE', requestId },
      ]);
      expect(text).not.toMatch(/full|disk|SQLITE/i);
    }
    // Each sign-in is a session and a line of the audit log, or neither.
    expect(await count('sessions')).toBe(await count('audit_events'));
    expect((await owner.run(ViewerDocument)).viewer?.email).toBe(email);
    for (const path of ['healthz', 'readyz'])
      expect((await fetch(`${scene.service.url}/${path}`)).status).toBe(200);

    await limitTo('no limit');
    const sessions = await count('sessions');
    expect((await signIn()).text).toContain('"SignedIn"');
    expect(await count('sessions')).toBe(sessions + 1);
  });
});
