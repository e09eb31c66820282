import https, { Agent, createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { messageBirdSender } from './messagebird.js';

const message = { to: '+447911123442', text: '012345 is your Demo security code.' };

/** A key that both sides know (RFC 4279) spares the fake server a certificate. */
const psk = Buffer.alloc(32, 7);
const pskTls = { ciphers: 'PSK', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function senderTo(answer: Answer, deadline = 1_000) {
  const started = createServer({ ...pskTls, pskCallback: () => psk }, (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => answer(request, response, body));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  const dial = () =>
    connect({
      ...pskTls,
      host: '127.0.0.1',
      port,
      pskCallback: () => ({ psk, identity: 'test' }),
      checkServerIdentity: () => undefined,
    });
  const createAgent = () => Object.assign(new Agent({ keepAlive: false }), { createConnection: dial });
  return messageBirdSender({ accessKey: 'the-access-key', originator: 'Demo', createAgent, deadline });
}

/** The error of a message that failed; it must hold neither number, code nor key. */
async function failureOf(answer: Answer, deadline?: number): Promise<string> {
  const sender = await senderTo(answer, deadline);
  const error: unknown = await sender.send(message).then(
    () => 'sent',
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('The message counted as sent.');
  expect(`${error.message} ${error.stack}`).not.toMatch(/7911|012345|the-access-key/);
  return error.message;
}

const json =
  (status: number, body: unknown): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

describe('MessageBird takes a message', () => {
  it('sends number, text and key as its API asks for them', async () => {
    const seen: unknown[] = [];
    const sender = await senderTo((request, response, body) => {
      seen.push([request.method, request.url, request.headers.host, request.headers.authorization]);
      seen.push(JSON.parse(body));
      json(201, { id: 'e8077d803532c0b5937c639b60216938' })(request, response, body);
    });
    await sender.send(message);
    expect(seen).toEqual([
      ['POST', '/messages', 'rest.messagebird.com', 'AccessKey the-access-key'],
      {
        originator: 'Demo',
        recipients: '447911123442',
        body: message.text,
        datacoding: 'auto',
        validity: 600,
      },
    ]);
  });

  it('leaves the global agent as it was, and no socket behind', async () => {
    const sender = await senderTo(json(201, { id: 'x' }));
    const before = https.globalAgent;
    await Promise.all(Array.from({ length: 12 }, () => sender.send(message)));
    expect(https.globalAgent).toBe(before);
    await expect
      .poll(() => new Promise((resolve) => server?.getConnections((_error, count) => resolve(count))))
      .toBe(0);
  });
});

describe('threat: a text that never went out counts as sent', () => {
  it('refused: 422, with the codes but not the words of the provider', async () => {
    const errors = [
      { code: 9, description: 'no (correct) recipients found: 447911123442', parameter: 'recipients' },
    ];
    expect(await failureOf(json(422, { errors }))).toBe(
      'MessageBird did not take the message (HTTP 422, error 9).',
    );
  });

  it('refused: 401', async () => {
    const errors = [
      { code: 2, description: 'Request not allowed (incorrect access_key)', parameter: 'access_key' },
    ];
    expect(await failureOf(json(401, { errors }))).toContain('HTTP 401, error 2');
  });

  it('refused: codes that are not numbers are left out', async () => {
    expect(await failureOf(json(422, { errors: [{ code: '447911123442' }, null] }))).toContain('HTTP 422');
  });

  it('an error of the server: 500, with errors', async () => {
    expect(await failureOf(json(500, { errors: [{ code: 99 }] }))).toContain('HTTP 500, error 99');
  });

  it.each([
    [500, {}],
    [503, {}],
    [200, {}],
    [200, { id: '' }],
    [200, { id: 7 }],
    [200, 'ok'],
    [200, []],
  ])('an answer without an id: %i %j', async (status, body) => {
    expect(await failureOf(json(status, body))).toContain('without the id');
  });

  it('an answer of nothing: 204', async () => {
    expect(await failureOf((_request, response) => response.writeHead(204).end())).toContain(
      'without the id',
    );
  });

  it.each(['', '<html>502 Bad Gateway</html>', 'null', '{"errors":"many"}', '{"id":"x"'])(
    'an answer that cannot be read: %j',
    async (body) => {
      expect(await failureOf((_request, response) => response.writeHead(502).end(body))).toContain(
        'HTTP 502',
      );
    },
  );

  it('a connection that breaks before the answer', async () => {
    expect(await failureOf((request) => request.socket.destroy())).toContain('ECONNRESET');
  });

  it('a connection that breaks within the answer', async () => {
    const answer: Answer = (request, response) => {
      response.writeHead(201, { 'content-length': '100' }).write('{"id":"x"', () => request.socket.destroy());
    };
    expect(await failureOf(answer)).toContain('did not take the message');
  });
});

describe('threat: a provider that hangs holds the sign-in', () => {
  it('gives up on silence at the deadline', async () => {
    const began = performance.now();
    expect(await failureOf(() => {}, 150)).toBe('MessageBird did not answer in 150 ms.');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  const trickle: Answer = (_request, response) => {
    response.writeHead(201);
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  };

  it('gives up at the deadline on an answer that trickles', async () => {
    expect(await failureOf(trickle, 150)).toBe('MessageBird did not answer in 150 ms.');
  });

  it('gives the connection up too', async () => {
    await failureOf(trickle, 100);
    await expect
      .poll(() => new Promise((resolve) => server?.getConnections((_error, count) => resolve(count))))
      .toBe(0);
  });
});
