import { afterEach, describe, expect, it } from 'vitest';
import { birdSender } from './bird.js';
import { NotAccepted } from './sms-sender.js';
import {
  type Answer,
  closeCarriers,
  failureOf,
  fakeCarrier,
  json,
  message,
  trickle,
} from './testing/fake-carrier.js';

const workspaceId = 'a1405560-c8d3-4b1a-877d-3f449ad95352';
const channelId = '0f1c4e38-7d2b-4b7c-9d52-6a54b7f0f1aa';
const taken = { id: '3c2b4f0e-8a4e-4d3c-9f2f-51b1a7a4a7f5', status: 'accepted' };

afterEach(closeCarriers);

async function senderTo(answer: Answer, deadline = 2_000) {
  const carrier = await fakeCarrier(answer);
  const { createAgent } = carrier;
  const sender = birdSender({ accessKey: 'the-access-key', workspaceId, channelId, createAgent, deadline });
  return { carrier, sender };
}

async function failure(answer: Answer, deadline?: number): Promise<Error> {
  return failureOf((await senderTo(answer, deadline)).sender);
}

describe('Bird takes a message', () => {
  it('sends number, text and key as its API asks for them', async () => {
    const seen: unknown[] = [];
    const { sender } = await senderTo((request, response, body) => {
      const { host, authorization, 'content-type': type } = request.headers;
      seen.push([request.method, request.url, host, authorization, type], JSON.parse(body));
      json(202, taken)(request, response, body);
    });
    await sender.send({ ...message, text: `${message.text} ä€` });
    expect(seen).toEqual([
      [
        'POST',
        `/workspaces/${workspaceId}/channels/${channelId}/messages`,
        'api.bird.com',
        'AccessKey the-access-key',
        'application/json',
      ],
      {
        receiver: { contacts: [{ identifierKey: 'phonenumber', identifierValue: '+447911123442' }] },
        body: { type: 'text', text: { text: `${message.text} ä€` } },
      },
    ]);
  });

  it.each([200, 202])('with %i and an id', async (status) => {
    const { sender } = await senderTo(json(status, taken));
    await expect(sender.send(message)).resolves.toEqual({ carrier: 'bird', messageId: taken.id });
  });

  it('with an id of a form that it does not have: then nobody waits for a report', async () => {
    const { sender } = await senderTo(json(202, { id: `+447911123442 ${'x'.repeat(100)}` }));
    await expect(sender.send(message)).resolves.toBeNull();
  });

  it('leaves no socket behind', async () => {
    const { carrier, sender } = await senderTo(json(202, taken));
    await Promise.all(Array.from({ length: 12 }, () => sender.send(message)));
    expect(carrier.requests()).toBe(12);
    await expect.poll(() => carrier.connections()).toBe(0);
  });
});

describe('threat: a text that never went out counts as sent', () => {
  it.each([
    [400, { code: 'InvalidPayload', message: 'no receiver 447911123442' }, 'HTTP 400, InvalidPayload'],
    [401, { code: 'Unauthorized', message: 'AccessKey the-access-key' }, 'HTTP 401, Unauthorized'],
    [403, { error: { code: 'E01001', message: 'x' } }, 'HTTP 403, E01001'],
    [404, {}, 'HTTP 404'],
    [422, { code: '447911123442' }, 'HTTP 422'],
    [422, { code: 'no_447911123442' }, 'HTTP 422'],
    [422, null, 'HTTP 422'],
    [429, { code: 'RateLimit' }, 'HTTP 429, RateLimit'],
    [422, taken, 'HTTP 422'],
    [503, { code: 'Unavailable' }, 'HTTP 503, Unavailable'],
  ])('refused for certain: %i %j', async (status, body, what) => {
    const error = await failure(json(status, body));
    expect(error).toBeInstanceOf(NotAccepted);
    expect(error.message).toBe(`Bird did not take the message (${what}).`);
  });

  it.each([
    [200, {}],
    [202, {}],
    [202, { id: '' }],
    [202, { id: 7 }],
    [202, []],
    [202, null],
    [202, 'accepted'],
    [201, taken],
    [204, undefined],
    [301, taken],
    [408, { code: 'Timeout' }],
    [409, { code: 'Conflict' }],
    [500, { code: 'Internal' }],
    [500, taken],
    [502, { code: 'BadGateway' }],
    [503, {}],
    [504, { code: 'Timeout' }],
  ])('in doubt, and not as refused: %i %j', async (status, body) => {
    const error = await failure(json(status, body));
    expect(error).not.toBeInstanceOf(NotAccepted);
    expect(error.message).toMatch(
      /^Bird (gave no clear answer|answered without the id of a message) \(HTTP \d+/,
    );
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html>Accepted</html>'],
    ['half an object', '{"id":"x"'],
  ])('in doubt: an answer that cannot be read, %s', async (_what, body) => {
    const error = await failure((_request, response) => response.writeHead(202).end(body));
    expect(error).not.toBeInstanceOf(NotAccepted);
    expect(error.message).toContain('without the id');
  });

  it('in doubt: a page of a gateway, 503', async () => {
    const error = await failure((_request, response) => response.writeHead(503).end('<html>'));
    expect(error).not.toBeInstanceOf(NotAccepted);
  });

  it.each([202, 400])('in doubt: an answer of %i that has no end in sight', async (status) => {
    const answer: Answer = (_request, response) => {
      response.writeHead(status).end(JSON.stringify({ ...taken, padding: ' '.repeat(70_000) }));
    };
    const error = await failure(answer);
    expect(error).not.toBeInstanceOf(NotAccepted);
    expect(error.message).toBe('Bird answered at too great a length.');
  });

  it('in doubt: a connection that breaks before the answer', async () => {
    const error = await failure((request) => request.socket.destroy());
    expect(error).not.toBeInstanceOf(NotAccepted);
    expect(error.message).toBe('The connection to Bird failed (ECONNRESET).');
  });

  it.each([202, 400])('in doubt: a connection that breaks within an answer of %i', async (status) => {
    const error = await failure((request, response) => {
      response
        .writeHead(status, { 'content-length': '99' })
        .write('{"id":"x"', () => request.socket.destroy());
    });
    expect(error).not.toBeInstanceOf(NotAccepted);
    expect(error.message).toContain('The connection to Bird failed');
  });
});

describe('threat: a provider that hangs holds the sign-in', () => {
  it.each<[string, Answer]>([
    ['silence', () => {}],
    ['an answer that trickles', trickle],
  ])('gives up on %s at the deadline, in doubt, and the connection too', async (_what, answer) => {
    const { carrier, sender } = await senderTo(answer, 400);
    const began = performance.now();
    const error = await failureOf(sender);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(carrier.requests()).toBe(1);
    expect(error).not.toBeInstanceOf(NotAccepted);
    expect(error.message).toBe('Bird did not answer in 400 ms.');
    await expect.poll(() => carrier.connections()).toBe(0);
  });
});
