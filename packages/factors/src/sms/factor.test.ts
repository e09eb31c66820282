import { describe, expect, it } from 'vitest';
import { securityCodeText } from './copy.js';
import { smsFactor } from './factor.js';
import { inboxSender } from './inbox-sender.js';
import { phoneNumbersOf } from './phone.js';
import type { SmsSender } from './sms-sender.js';

const message = { to: '+447911123442', code: '012345', organization: 'Demo Signage' };

function factorWith(sender: SmsSender) {
  const failures: Error[] = [];
  const factor = smsFactor({
    sender,
    phoneNumbers: phoneNumbersOf([]),
    text: securityCodeText('dash.example'),
    onFailure: (error) => failures.push(error),
  });
  return { factor, failures };
}

describe('a text message (S14, S32)', () => {
  it('goes to the phone, with the code', async () => {
    const inbox: unknown[] = [];
    const { factor, failures } = factorWith(inboxSender({ add: (added) => inbox.push(added) }));
    expect(await factor.deliver(message)).toEqual({ receipt: null });
    expect(inbox).toEqual([
      {
        channel: 'sms',
        to: '+447911123442',
        text: '012345 is your Demo Signage security code.\n\n@dash.example #012345',
      },
    ]);
    expect(failures).toEqual([]);
  });

  it('answers under which id its carrier will report', async () => {
    const receipt = { carrier: 'bird', messageId: 'an-id' };
    const { factor } = factorWith({ send: async () => receipt });
    expect(await factor.deliver(message)).toEqual({ receipt });
  });

  it('knows phone numbers', () => {
    const { factor } = factorWith({ send: async () => null });
    expect(factor.parse('07911 123442', 'GB')).toEqual({ address: '+447911123442' });
    expect(factor.mask('+447911123442')).toBe('•••• 42');
    expect(factor.area('+447911123442')).toBe('44');
  });
});

describe('a text message that could not be handed over', () => {
  it.each<[string, SmsSender]>([
    ['rejects', { send: () => Promise.reject(new Error('refused')) }],
    [
      'throws',
      {
        send: () => {
          throw new Error('refused');
        },
      },
    ],
  ])('is null, and told, where the sender %s', async (_how, sender) => {
    const { factor, failures } = factorWith(sender);
    expect(await factor.deliver(message)).toBeNull();
    expect(failures.map((error) => error.message)).toEqual(['refused']);
  });

  it.each([
    ['no route to +447911123442', 'no route to …'],
    ['no route to 447911123442 (HTTP 422, error 9)', 'no route to … (HTTP 422, error 9)'],
    ['no route to +44 7911 123-442', 'no route to …'],
    ['refused "012345 is your code"', 'refused "… is your code"'],
  ])('threat: number or code reach the log by "%s"', async (reason, logged) => {
    const cause = new Error(reason, { cause: message });
    const { factor, failures } = factorWith({ send: () => Promise.reject(cause) });
    await factor.deliver(message);
    expect(failures.map((error) => error.message)).toEqual([logged]);
    expect(failures[0]).not.toHaveProperty('cause');
    expect(failures[0]?.stack).not.toMatch(/7911|012345/);
  });

  it('tells no value that is not an error', async () => {
    const { factor, failures } = factorWith({ send: () => Promise.reject('+447911123442') });
    expect(await factor.deliver(message)).toBeNull();
    expect(failures[0]?.message).toBe('The sender gave no reason.');
  });
});
