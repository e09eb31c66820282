import { describe, expect, it } from 'vitest';
import { createMailNotifier } from './mail-notifier.js';
import type { Mail, Mailer } from './mailer.js';

const owner = { email: 'mia@demo.example', name: 'Mia Tanaka' };

function notifierWith(mailer: Mailer) {
  const failures: unknown[] = [];
  const notifier = createMailNotifier({
    mailer,
    clock: { now: () => Date.UTC(2026, 10, 21, 14, 5) },
    publicUrl: 'https://dash.example',
    onFailure: (error) => failures.push(error),
  });
  return { notifier, failures };
}

describe('notices by mail', () => {
  it('reach the owner', async () => {
    const mails: Mail[] = [];
    const { notifier, failures } = notifierWith({ send: async (mail) => void mails.push(mail) });
    notifier.tell(owner, 'TWO_FACTOR_DISABLED');
    await notifier.settled();
    expect(mails).toMatchObject([
      { to: 'mia@demo.example', subject: 'Two-factor authentication was turned off' },
    ]);
    expect(mails[0]?.text).toContain('2026-11-21 14:05 UTC');
    expect(failures).toEqual([]);
  });

  it.each<[string, Mailer]>([
    ['rejects', { send: () => Promise.reject(new Error('no server')) }],
    [
      'throws',
      {
        send: () => {
          throw new Error('no server');
        },
      },
    ],
  ])('never fail their caller, and are told where the mailer %s', async (_how, mailer) => {
    const { notifier, failures } = notifierWith(mailer);
    expect(notifier.tell(owner, 'PASSWORD_CHANGED')).toBeUndefined();
    await notifier.settled();
    expect(failures).toEqual([new Error('no server')]);
  });

  it('are not waited for, but can be before the end', async () => {
    const release: (() => void)[] = [];
    const { notifier } = notifierWith({ send: () => new Promise((resolve) => release.push(resolve)) });
    notifier.tell(owner, 'PHONE_CHANGED');
    notifier.tell(owner, 'PHONE_CHANGED');
    let settled = false;
    const end = notifier.settled().then(() => (settled = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(release).toHaveLength(2);
    release[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toBe(false);
    release[1]?.();
    await end;
    expect(settled).toBe(true);
  });

  it('are settled at once where there was none', async () => {
    const { notifier } = notifierWith({ send: async () => {} });
    await expect(notifier.settled()).resolves.toBeUndefined();
  });
});
