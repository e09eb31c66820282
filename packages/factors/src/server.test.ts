import { describe, expect, it } from 'vitest';
import { factorCopy } from './copy.js';
import { factorKinds } from './kinds.js';
import { createFactors, createReportReaders, createSmsSender, smsCarriers } from './server.js';

const inbox: { channel: string; to: string; text: string }[] = [];

const factors = createFactors({
  smsCountries: [],
  random: { bytes: (length) => new Uint8Array(length) },
  publicHost: 'dash.example',
  smsSender: createSmsSender({ driver: 'inbox', inbox: { add: (message) => inbox.push(message) } }),
  onSmsFailure: (error) => {
    throw error;
  },
});

describe('the registry of factors (S13)', () => {
  it.each(factorKinds)('has %s, in the shape that its copy tells screens', (kind) => {
    expect(factors.of(kind)).toMatchObject({ kind, shape: factorCopy[kind].shape });
  });

  it('offers the two choices by the words of the article', () => {
    expect(Object.values(factorCopy).map((copy) => copy.title)).toEqual([
      'Use a mobile app',
      'Use text messages',
    ]);
  });

  it.each(['', 'EMAIL', 'sms', '__proto__', 'constructor'])('threat: "%s" passes for a factor', (kind) => {
    expect(() => factors.of(kind)).toThrow('no second factor');
  });

  it('sends texts by the sender that was chosen, for the public host', async () => {
    const sms = factors.of('SMS');
    if (sms.shape !== 'deliver') throw new Error('SMS does not deliver');
    expect(await sms.deliver({ to: '+447911123442', code: '012345', organization: 'Demo' })).toEqual({
      receipt: null,
    });
    expect(inbox.at(-1)?.text).toMatch(/@dash\.example #012345$/);
  });

  const options = { accessKey: 'key', originator: 'Twofold', workspaceId: 'w', channelId: 'c' };

  it.each(smsCarriers)('makes a sender for %s', (carrier) => {
    const sender = createSmsSender({
      driver: 'carriers',
      carriers: [{ carrier, signingKey: null, ...options }],
      publicUrl: 'https://dash.example',
      onPassedOver: () => {},
    });
    expect(sender).toHaveProperty('send');
  });

  it('reads the reports of those carriers alone whose signing key is there', () => {
    const readers = createReportReaders([
      { carrier: 'messagebird', signingKey: null, ...options },
      { carrier: 'bird', signingKey: 'a key of sixteen', ...options },
    ]);
    expect(readers).toEqual([
      { carrier: 'bird', name: 'Bird', path: '/webhooks/messages/bird', read: expect.any(Function) },
    ]);
  });
});
