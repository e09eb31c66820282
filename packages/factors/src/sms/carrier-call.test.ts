import https from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { birdSender } from './bird.js';
import { callCarrier, type Reach } from './carrier-call.js';
import { messageBirdSender } from './messagebird.js';
import { NotAccepted, type SmsSender } from './sms-sender.js';
import {
  closeCarriers,
  closedPort,
  failureOf,
  fakeCarrier,
  fakePort,
  json,
  unknownName,
} from './testing/fake-carrier.js';

afterEach(closeCarriers);

const accessKey = 'the-access-key';
const carriers: [string, (reach: Reach) => SmsSender][] = [
  ['Bird', (reach) => birdSender({ accessKey, workspaceId: 'w', channelId: 'c', ...reach })],
  ['MessageBird', (reach) => messageBirdSender({ accessKey, originator: 'Demo', reportUrl: null, ...reach })],
];

describe.each(carriers)(
  '%s, before the connection stands: it has certainly seen nothing',
  (_name, senderBy) => {
    it('where nobody listens', async () => {
      const error = await failureOf(senderBy({ createAgent: await closedPort() }));
      expect(error).toBeInstanceOf(NotAccepted);
      expect(error.message).toContain('ECONNREFUSED');
    });

    it('where its name is unknown', async () => {
      const error = await failureOf(senderBy({ createAgent: unknownName }));
      expect(error).toBeInstanceOf(NotAccepted);
      expect(error.message).toMatch(/ENOTFOUND|EAI_AGAIN|could not be reached/);
    });

    it('where the handshake fails', async () => {
      const createAgent = await fakePort((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      expect(await failureOf(senderBy({ createAgent }))).toBeInstanceOf(NotAccepted);
    });

    it('where the handshake is broken off', async () => {
      const createAgent = await fakePort((socket) => socket.once('data', () => socket.destroy()));
      expect(await failureOf(senderBy({ createAgent }))).toBeInstanceOf(NotAccepted);
    });

    it('where its certificate is not the right one', async () => {
      const carrier = await fakeCarrier(json(202, { id: 'x' }));
      const error = await failureOf(senderBy({ createAgent: carrier.createDistrustingAgent }));
      expect(error).toBeInstanceOf(NotAccepted);
      expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
      expect(carrier.requests()).toBe(0);
    });

    it('where the handshake hangs, well before the deadline of the message', async () => {
      const createAgent = await fakePort(() => {});
      const began = performance.now();
      const error = await failureOf(senderBy({ createAgent, connectDeadline: 150 }));
      expect(performance.now() - began).toBeLessThan(2_000);
      expect(error).toBeInstanceOf(NotAccepted);
      expect(error.message).toContain('could not be reached in 150 ms');
    });

    it('where the time that is left ends first', async () => {
      const error = await failureOf(senderBy({ createAgent: await fakePort(() => {}) }), 150);
      expect(error).toBeInstanceOf(NotAccepted);
      expect(error.message).toContain('did not answer in 150 ms');
    });
  },
);

describe.each(carriers)('%s, once the connection stands', (_name, senderBy) => {
  it('is in doubt when the time that is left ends', async () => {
    const carrier = await fakeCarrier(() => {});
    const error = await failureOf(senderBy({ createAgent: carrier.createAgent }), 400);
    expect(carrier.requests()).toBe(1);
    expect(error).not.toBeInstanceOf(NotAccepted);
    expect(error.message).toContain('did not answer in 400 ms');
  });

  it('is not given up for a slow answer, only for a slow connection', async () => {
    const slow = await fakeCarrier((_request, response) => {
      setTimeout(() => response.writeHead(202).end('{"id":"x"}'), 400);
    });
    const sender = senderBy({ createAgent: slow.createAgent, connectDeadline: 300 });
    await expect(sender.send({ to: '+447911123442', text: 'x' })).resolves.toMatchObject({ messageId: 'x' });
  });
});

describe('threat: a connection that cannot be watched passes for one that carried nothing', () => {
  it('is in doubt: no TLS of Node', async () => {
    const agent = new https.Agent();
    agent.createConnection = () => connect(9, '127.0.0.1');
    const failed = callCarrier('Bird', { createAgent: () => agent }, 1_000, async (given) => {
      given.createConnection({})?.on('error', () => {});
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    await expect(failed).rejects.not.toBeInstanceOf(NotAccepted);
  });
});
