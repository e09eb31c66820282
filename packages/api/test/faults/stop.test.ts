import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request as ask } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignInDocument } from '@twofold/contract/graphql';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArgon2Hasher } from '../../src/adapters/passwords/argon2-hasher.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases, seedOrganization, seedUser } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import { runService } from '../harness/running-service.js';
import { atOnce, tally } from '../harness/scene.js';

const REQUESTS = 200;
/** One password after the other is hashed, so these are what the stop waits for. */
const SIGN_INS = 40;

interface InFlight {
  readonly request: ClientRequest;
  readonly body: string;
  readonly answered: Promise<IncomingMessage>;
}

/** A request that the service holds: it has read the head, has said so (RFC 9110, 10.1.1), and waits for the body. */
async function inFlight(url: string, agent: Agent, operation: object): Promise<InFlight> {
  const body = JSON.stringify(operation);
  const request = ask(`${url}/graphql`, {
    agent,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  });
  const answered = once(request, 'response').then(([response]) => response as IncomingMessage);
  // Heard from the start: it may be cut off before anybody waits for its answer.
  answered.catch(() => undefined);
  await once(request, 'continue');
  return { request, body, answered };
}

/** What was done. An answer that is cut off, or none, fails the test. */
async function finish({ request, body, answered }: InFlight): Promise<string> {
  request.on('error', () => undefined);
  request.end(body);
  const response = await answered;
  let text = '';
  for await (const part of response) text += String(part);
  const { data } = JSON.parse(text) as { data?: { signIn?: { __typename: string } } };
  return response.statusCode === 200
    ? (data?.signIn?.__typename ?? 'viewer')
    : `refused ${String(response.statusCode)}`;
}

/** How a new connection ends, once there is no place for it any more. */
async function turnedAway(url: string): Promise<unknown> {
  const { hostname, port } = new URL(url);
  for (;;) {
    const socket = connect(Number(port), hostname);
    try {
      await once(socket, 'connect');
    } catch (error) {
      return (error as { code?: unknown }).code;
    } finally {
      socket.destroy();
    }
    await sleep(10);
  }
}

describe.each(databases)('a stop with 200 requests in flight, on $name', ({ open }) => {
  let database: TestDatabase;
  let emails: string[];
  beforeAll(async () => {
    database = await open();
    const { id: organizationId } = await seedOrganization(database.database);
    const passwordHash = await createArgon2Hasher().hash(PASSWORD);
    const users = await atOnce(SIGN_INS, () => seedUser(database.database, { organizationId, passwordHash }));
    emails = users.map(({ email }) => email);
  });
  afterAll(() => database.remove());

  it('each is answered or cleanly refused, it is out in 10 s, and what was acknowledged stands', async () => {
    const running = await runService(database.url);
    const agent = new Agent({ keepAlive: true });
    const held = await atOnce(REQUESTS, (index) => {
      const email = emails[index];
      const variables = { input: { email, password: PASSWORD, transport: 'BEARER' } };
      const operation = email ? { query: print(SignInDocument), variables } : { query: '{ viewer { id } }' };
      return inFlight(running.url, agent, operation);
    });
    const stopped = performance.now();
    running.signal('SIGTERM');
    expect(await turnedAway(running.url)).toBe('ECONNREFUSED');

    const outcomes = tally(await Promise.all(held.map(finish)));
    expect(outcomes).toEqual({ SignedIn: SIGN_INS, viewer: REQUESTS - SIGN_INS });
    expect(await running.ended).toBe(0);
    expect(performance.now() - stopped).toBeLessThan(10_000);
    expect(await database.database.sql.all('SELECT id FROM sessions')).toHaveLength(SIGN_INS);
    agent.destroy();
  });
});
