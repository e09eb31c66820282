import https from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { messageBirdSender } from './messagebird.js';
import { NotAccepted } from './sms-sender.js';
import {
  type Answer,
  closeCarriers,
  failureOf as failedSend,
  fakeCarrier,
  json,
  message,
  trickle,
} from './testing/fake-carrier.js';

afterEach(closeCarriers);

async function carrierAndSender(answer: Answer, deadline = 1_000, reportUrl: string | null = null) {
  const carrier = await fakeCarrier(answer);
  const { createAgent } = carrier;
  const sender = messageBirdSender({
    accessKey: 'the-access-key',
    originator: 'Demo',
    reportUrl,
    createAgent,
    deadline,
  });
  return { carrier, sender };
}

const failure = async (answer: Answer, deadline?: number) =>
  failedSend((await carrierAndSender(answer, deadline)).sender);

const failureOf = async (answer: Answer, deadline?: number) => (await failure(answer, deadline)).message;

describe('MessageBird takes a message', () => {
  it('sends number, text and key as its API asks for them', async () => {
    const seen: unknown[] = [];
    const { sender } = await carrierAndSender((request, response, body) => {
      seen.push([request.method, request.url, request.headers.host, request.headers.authorization]);
      seen.push(JSON.parse(body));
      json(201, { id: 'e8077d803532c0b5937c639b60216938' })(request, response, body);
    });
    expect(await sender.send(message)).toEqual({
      carrier: 'messagebird',
      messageId: 'e8077d803532c0b5937c639b60216938',
    });
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

  it('and is told where to report, under a reference that tells nothing and is another each time', async () => {
    const seen: Record<string, unknown>[] = [];
    const answer: Answer = (request, response, body) => {
      seen.push(JSON.parse(body) as Record<string, unknown>);
      json(201, { id: 'x' })(request, response, body);
    };
    const reportUrl = 'https://dash.example/webhooks/messages/messagebird';
    const { sender } = await carrierAndSender(answer, 1_000, reportUrl);
    await sender.send(message);
    await sender.send(message);
    expect(seen.map((sent) => sent['reportUrl'])).toEqual([reportUrl, reportUrl]);
    const references = seen.map((sent) => String(sent['reference']));
    for (const reference of references)
      expect(reference).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(references[0]).not.toBe(references[1]);
  });

  it('leaves the global agent as it was, and no socket behind', async () => {
    const { carrier, sender } = await carrierAndSender(json(201, { id: 'x' }));
    const before = https.globalAgent;
    await Promise.all(Array.from({ length: 12 }, () => sender.send(message)));
    expect(https.globalAgent).toBe(before);
    await expect.poll(() => carrier.connections()).toBe(0);
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
    expect(await failureOf(answer)).toContain('gave no clear answer');
  });
});

describe('threat: a provider that hangs holds the sign-in', () => {
  it('gives up on silence at the deadline', async () => {
    const began = performance.now();
    expect(await failureOf(() => {}, 150)).toBe('MessageBird did not answer in 150 ms.');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('gives up at the deadline on an answer that trickles', async () => {
    expect(await failureOf(trickle, 150)).toBe('MessageBird did not answer in 150 ms.');
  });

  it('gives the connection up too', async () => {
    const { carrier, sender } = await carrierAndSender(trickle, 150);
    await failedSend(sender);
    await expect.poll(() => carrier.connections()).toBe(0);
  });
});

describe('whether MessageBird certainly did not take the message', () => {
  const errors = [{ code: 2 }];

  it.each<[string, Answer]>([
    ['401', json(401, { errors })],
    ['402', json(402, { errors: [{ code: 25 }] })],
    ['422', json(422, { errors })],
    ['429', json(429, { errors })],
    ['a page, 403', (_request, response) => response.writeHead(403).end('<html>')],
    ['its own error, 503', json(503, { errors })],
  ])('is certain: %s', async (_what, answer) => {
    expect(await failure(answer)).toBeInstanceOf(NotAccepted);
  });

  it.each<[string, Answer]>([
    ['408', json(408, { errors })],
    ['409', json(409, { errors })],
    ['500', json(500, { errors: [{ code: 99 }] })],
    ['502', json(502, { errors })],
    ['504', json(504, { errors })],
    ['a page, 503', (_request, response) => response.writeHead(503).end('<html>')],
    ['an error without a code, 503', json(503, { errors: [{}] })],
    ['no id', json(200, {})],
    ['no id, 503', json(503, {})],
    ['a broken connection', (request) => request.socket.destroy()],
  ])('is in doubt: %s', async (_what, answer) => {
    expect(await failure(answer)).not.toBeInstanceOf(NotAccepted);
  });
});
