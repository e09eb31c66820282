import { createUseCases } from '@twofold/core/use-cases';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graph/schema.js';
import { knownBrowserCookies, trustedBrowserCookies } from '../../src/http/browser-cookies.js';
import { createServer } from '../../src/http/server.js';
import { sessionCookies } from '../../src/http/session-cookie.js';
import { noTracing } from '../../src/tracing/tracing.js';
import { databases } from '../databases/open-test-database.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

const SECRET = 'hunter2-in-the-document';

describe.each(databases)('errors are masked, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  it('a table that is gone: a sentence and an id for the caller, the cause in the log, and a value in neither', async () => {
    const { owner } = await scene.plainUser();
    await scene.database.database.sql.run('DROP TABLE limits');
    for (const query of [
      `mutation { signIn(input: { email: "${SECRET}@x.example", password: "${SECRET}" }) { __typename } }`,
      `mutation { confirmPassword(input: { password: "${SECRET}" }) { __typename } }`,
    ]) {
      const answer = await owner.send(query);
      const requestId = answer.headers.get('x-request-id') ?? '';
      expect(answer.errors).toEqual([
        {
          message: 'Something went wrong. Try again, or quote the request id to whoever runs this service.',
          path: [query.includes('signIn') ? 'signIn' : 'confirmPassword'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        },
      ]);
      const lines = scene.service.log.filter((line) => line.includes(requestId));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/limits/);
      expect(lines[0]).toMatch(/"level":50/);
    }
    expect(scene.service.log.join('\n')).not.toContain(SECRET);
    // What does not need the table goes on.
    expect((await owner.send('{ viewer { id } }')).errors).toBeUndefined();
  });

  it('an exception outside of GraphQL is masked too', async () => {
    const { app } = scene.service.service;
    const response = await fetch(`${scene.service.url}/%E0%A4%A`);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/node_modules|at .*\.js/);
    expect(app.server.listening).toBe(true);
  });

  it('nor does an answer outside of GraphQL tell the cause of a failure', async () => {
    const { deps, database } = scene.service.service;
    const log: string[] = [];
    const publicUrl = 'http://dashboard.example';
    const app = await createServer({
      schema: createSchema(),
      useCases: createUseCases(deps),
      cookies: sessionCookies(publicUrl),
      knownBrowsers: knownBrowserCookies(publicUrl),
      trustedBrowsers: trustedBrowserCookies(publicUrl),
      now: () => scene.now(),
      sandbox: false,
      health: database,
      publicUrl,
      corsOrigins: [],
      trustedProxies: [],
      clientFolder: '',
      metrics: null,
      tracing: noTracing,
      carrierReports: [],
      forgeries: deps.addressLimit,
      inboxFolder: new URL('../../static/inbox/', import.meta.url).pathname,
      inbox: {
        add: () => undefined,
        list: () => {
          throw new Error(`The disk at ${SECRET} is full.`);
        },
      },
      logger: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    });
    const answer = await app.inject('/dev/inbox.json');
    await app.close();
    const requestId = answer.headers['x-request-id'];
    expect([answer.statusCode, answer.json()]).toEqual([
      500,
      {
        errors: [
          { message: 'Something went wrong.', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } },
        ],
      },
    ]);
    expect(log.filter((line) => line.includes(SECRET) && line.includes(String(requestId)))).toHaveLength(1);
  });
});
