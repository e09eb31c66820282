import { describe, expect, it } from 'vitest';
import type { SmsSender } from '@twofold/factors/server';
import { documentOf, runHere } from './cli-scene.js';

const environment = {
  SMS_DRIVER: 'messagebird',
  MESSAGEBIRD_ACCESS_KEY: 'the-access-key',
  SMS_ORIGINATOR: 'Twofold',
  SMS_COUNTRIES: 'DE',
};

/** A carrier that remembers, or refuses with these words. */
function carrier(refusal?: string) {
  const texts: { to: string; text: string }[] = [];
  const smsSender: SmsSender = {
    send(message) {
      texts.push(message);
      return refusal === undefined ? Promise.resolve(null) : Promise.reject(new Error(refusal));
    },
  };
  return { texts, smsSender };
}

describe('sms test', () => {
  it('sends one text that is no code, and tells that the carrier took it', async () => {
    const { texts, smsSender } = carrier();
    const answered = await runHere({ environment, smsSender }, 'sms', 'test', '+49 151 23456789', '--json');
    expect(answered.code).toBe(0);
    expect(documentOf(answered)).toEqual({
      sent: true,
      answers: [{ carrier: 'messagebird', answer: 'It took the text.' }],
    });
    expect(texts).toEqual([{ to: '+4915123456789', text: expect.stringContaining('dashboard.example') }]);
    expect(texts[0]?.text).not.toMatch(/\d{6}/);
  });

  it('tells what the carrier answered where it refused, and ends as a failure', async () => {
    const { smsSender } = carrier('MessageBird did not take the message (HTTP 401, error 2).');
    const answered = await runHere({ environment, smsSender }, 'sms', 'test', '+4915123456789');
    expect(answered).toMatchObject({
      code: 1,
      stdout: 'messagebird: MessageBird did not take the message (HTTP 401, error 2).\n',
    });
    expect(answered.stdout + answered.stderr).not.toMatch(/the-access-key|15123456789/);
  });

  it.each([
    ['no number', environment, 'mia', 'valid phone number'],
    ['a number of a country that is not texted', environment, '+447911123456', 'cannot be texted'],
    ['the inbox for a carrier', { SMS_DRIVER: 'inbox' }, '+4915123456789', 'no text would leave'],
  ])('refuses %s, and sends nothing', async (_, settings, number, sentence) => {
    const { texts, smsSender } = carrier();
    const answered = await runHere({ environment: settings, smsSender }, 'sms', 'test', number);
    expect(answered).toMatchObject({ code: 3, stderr: expect.stringContaining(sentence) });
    expect(texts).toEqual([]);
  });
});
