import { createRequire } from 'node:module';
import {
  SignInDocument,
  UsersDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { print } from 'graphql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databases, openSqlite } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { ended, openScene, wrongFor } from '../harness/scene.js';
import type { CollectedSpan, Collector } from './collector.js';
import { openCollector } from './collector.js';

const loaded = () =>
  Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('/@opentelemetry/'));

describe('without a collector', () => {
  it('nothing of OpenTelemetry is loaded', async () => {
    const scene = await openScene(openSqlite);
    await scene.appUser();
    await scene.close();
    expect(loaded()).toEqual([]);
  });
});

let collector: Collector;
beforeEach(async () => {
  collector = await openCollector();
});
afterEach(() => collector.close());

const traced = (share = 1, trustedProxies: string[] = []) => ({
  config: { tracing: { endpoint: collector.endpoint, serviceName: 'twofold', share }, trustedProxies },
});

/** The names of a trace, each below the one that it is part of. */
function tree(spans: readonly CollectedSpan[], parent: CollectedSpan): unknown[] {
  return spans
    .filter(({ parentSpanId, traceId }) => parentSpanId === parent.spanId && traceId === parent.traceId)
    .map((span) => [span.name, ...tree(spans, span)]);
}

describe.each(databases)('traces on $name', ({ name, open }) => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene(open, traced());
  });

  it('show a sign-in from the request to each statement, the text and the hash', async () => {
    const { email } = await scene.textUser();
    scene.service.clock.advance(60_000);
    await scene.service.client().challenge(email);
    await scene.close();
    expect(loaded()).not.toEqual([]);
    const requests = collector.spans.filter(({ parentSpanId }) => !parentSpanId);
    expect(new Set(requests.map((span) => span.name))).toEqual(new Set(['POST /graphql']));
    expect(new Set(requests.map(({ traceId }) => traceId)).size).toBe(requests.length);
    const signIn = requests.at(-1)!;
    expect(signIn.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'twofold.request_id': expect.any(String),
    });
    const [[operation, [useCase, ...parts]]] = tree(collector.spans, signIn) as [
      [string, [string, ...string[][]]],
    ];
    expect([operation, useCase]).toEqual(['mutation signIn', 'use case signIn']);
    const names = parts.map(([part]) => part);
    expect(names).toEqual(
      expect.arrayContaining(['address limit take', 'password verify', 'transaction', 'text send']),
    );
    expect(parts.find(([part]) => part === 'transaction')?.length).toBeGreaterThan(3);
    const statement = collector.spans.find((span) => span.name === 'INSERT');
    expect(statement?.attributes['db.system.name']).toBe(name.toLowerCase());
    expect(statement?.attributes['db.query.text']).toMatch(/^INSERT INTO \w+ \(.*\) VALUES \(\?/);
  });

  it('threat: they tell nothing of anybody: no email, phone, password, code, token, name or address', async () => {
    const text = await scene.textUser();
    const app = await scene.appUser();
    const client = scene.service.client();
    await ended(client, SignInDocument, {
      input: { email: 'canary@nowhere.example', password: 'canary password' },
    });
    const { challengeToken } = await client.challenge(app.email);
    const code = app.app.code();
    const wrong = wrongFor(app.app);
    expect(await ended(client, VerifyTwoFactorCodeDocument, { input: { challengeToken, code: wrong } })).toBe(
      'INVALID_CODE',
    );
    expect(await ended(client, VerifyTwoFactorCodeDocument, { input: { challengeToken, code } })).toBe(
      'SignedIn',
    );
    await text.owner.run(UsersDocument, { search: 'canary search' });
    await client.send(`query Canary { canary: __typename viewer { canary } }`);
    await client.send('{ viewer { id } }', {}, { 'user-agent': 'canary', authorization: 'Bearer canary' });
    await fetch(`${scene.service.url}/canary/path?canary=1`);
    const texted = scene.service.outbox.lastCode();
    await scene.close();

    const sent = collector.bodies.join('\n');
    const secrets = [text.owner.token, app.owner.token, challengeToken, text.recoveryCode, app.recoveryCode];
    const people = [text.id, text.email, text.phone, app.id, app.email, 'Demo Signage', PASSWORD];
    for (const canary of [...secrets, ...people, 'canary', '127.0.0.1', scene.database.url]) {
      expect(sent).not.toContain(canary ?? 'no value');
    }
    // Digits alone also stand in ids and times: as a value of their own they would be a code.
    for (const digits of [code, wrong, texted])
      expect(sent).not.toMatch(new RegExp(`(?<![0-9a-f])${digits}(?![0-9a-f])`));
    expect(collector.spans.some(({ attributes }) => attributes['twofold.problem'] === 'INVALID_CODE')).toBe(
      true,
    );
    expect(collector.spans.some((span) => span.name === 'GET none')).toBe(true);
  });
});

describe('a trace of a caller', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  const own = async (changes: ReturnType<typeof traced>, headers: Record<string, string>) => {
    const scene = await openScene(openSqlite, changes);
    const { owner } = await scene.plainUser();
    await owner.send(print(ViewerDocument), {}, headers);
    await scene.close();
    return collector.spans.filter((span) => span.traceId === traceId);
  };

  it('goes on here where a trusted proxy hands it on', async () => {
    const spans = await own(traced(1, ['loopback']), { traceparent });
    expect(spans.find((span) => span.name === 'POST /graphql')?.parentSpanId).toBe('b7ad6b7169203331');
    expect(spans.map((span) => span.name)).toContain('query viewer');
  });

  it('threat: a stranger decides neither under which trace a request is kept nor whether it is', async () => {
    expect(await own(traced(0), { traceparent })).toEqual([]);
    expect(collector.spans).toEqual([]);
    expect(await own(traced(1), { traceparent, 'x-forwarded-for': '127.0.0.1' })).toEqual([]);
    expect(collector.spans.length).toBeGreaterThan(0);
  });
});

describe('the log', () => {
  let scene: Scene;
  beforeAll(async () => {
    collector = await openCollector();
    scene = await openScene(openSqlite, traced());
  });
  afterAll(() => scene.close());

  it('has the id of the trace beside that of the request, also of one whose body cannot be read', async () => {
    await scene.service.client().send('{ users { totalCount } }');
    await fetch(`${scene.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    const lines = scene.service.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const refusals = lines.filter(({ msg }) => /^(An operation|A request) was refused$/.test(String(msg)));
    expect(refusals).toHaveLength(2);
    for (const line of refusals) {
      expect(line).toMatchObject({
        requestId: expect.any(String),
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
    }
  });
});

describe('threat: the collector is gone', () => {
  it.each(['refuses', 'hangs'] as const)(
    'it %s: requests are served, it is told once, and a stop waits 2 s at most',
    async (mood) => {
      collector.mood = mood;
      const scene = await openScene(openSqlite, traced());
      const { owner } = await scene.plainUser();
      expect((await owner.run(ViewerDocument)).viewer).not.toBeNull();
      const begin = performance.now();
      await scene.close();
      if (mood === 'refuses') {
        const told = scene.service.log.filter((line) => line.includes('Traces are lost'));
        expect(told).toHaveLength(1);
        expect(told[0]).toContain('"reason":"400"');
      } else expect(performance.now() - begin).toBeGreaterThan(1_900);
    },
  );
});
