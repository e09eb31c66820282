import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../databases/open-test-database.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

const SECRET = 'hunter2-in-the-log';

/** What is logged without the database, which has a log of its own: docs/security/logging.md. */
describe('the log, by ASVS', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(openSqlite);
  });
  afterAll(() => scene.close());

  const linesOf = (requestId: string | null) =>
    scene.service.log
      .filter((line) => requestId !== null && line.includes(requestId))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it.each([
    ['UNAUTHENTICATED', '{ users { totalCount } }'],
    ['FORBIDDEN', '{ users(twoFactorEnabled: true) { totalCount } }'],
    [
      'BAD_USER_INPUT',
      `mutation { signIn(input: { email: "${SECRET}", password: ["${SECRET}"] }) { nope } }`,
    ],
    ['BAD_USER_INPUT', `{ user(id: "${SECRET}`],
    [
      'OPERATION_TOO_COMPLEX',
      `mutation { a: signOut ${`b: disableTwoFactor(input: { password: "${SECRET}" }) { __typename } `.repeat(2)} }`,
    ],
  ])(
    'an operation that is refused with %s leaves a line: when, from where, which, and not what',
    async (code, query) => {
      const { owner: member } = await scene.plainUser();
      const client = code === 'UNAUTHENTICATED' ? scene.service.client() : member;
      const answer = await client.send(query);
      expect(answer.errors?.[0]?.extensions.code).toBe(code);
      const requestId = answer.headers.get('x-request-id');
      expect(linesOf(requestId)).toEqual([
        expect.objectContaining({
          level: 30,
          time: expect.any(Number),
          msg: 'An operation was refused',
          code,
          requestId,
          address: '127.0.0.1',
        }),
      ]);
      expect(scene.service.log.join('\n')).not.toContain(SECRET);
    },
  );

  it('so does a request that is refused before it is an operation', async () => {
    const answer = await fetch(`${scene.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: '{}',
    });
    expect(answer.status).toBe(403);
    expect(linesOf(answer.headers.get('x-request-id'))).toEqual([
      expect.objectContaining({ msg: 'A request was refused', code: 'FORBIDDEN', address: '127.0.0.1' }),
    ]);
  });

  it('threat: a client writes lines of its own: each entry stays one line of JSON', async () => {
    const forged = '{"level":50,"msg":"forged"}';
    await scene.service.client().send(`{ user(id: "x\\n${forged}") { id } }`);
    await scene.service.client().send(`{ nope(a: """\n${forged}\n""") }`);
    await fetch(`${scene.service.url}/graphql?x=%0a${encodeURIComponent(forged)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `\n${forged}`,
    });
    expect(scene.service.log.length).toBeGreaterThan(0);
    for (const entry of scene.service.log) {
      expect(entry.trimEnd().split('\n')).toHaveLength(1);
      expect((JSON.parse(entry) as { msg: string }).msg).not.toBe('forged');
    }
  });
});
