import { describe, expect, it } from 'vitest';
import { inBackground } from '../in-background.js';
import { createMailNotifier } from './mail-notifier.js';
import type { Mail } from './mailer.js';

describe('notices by mail', () => {
  it('reach the owner', async () => {
    const mails: Mail[] = [];
    const failures: unknown[] = [];
    const background = inBackground((error) => failures.push(error));
    const notifier = createMailNotifier({
      mailer: { send: async (mail) => void mails.push(mail) },
      clock: { now: () => Date.UTC(2026, 10, 21, 14, 5) },
      publicUrl: 'https://dash.example',
      background,
      wayBack: () => Promise.resolve(null),
    });
    notifier.tell({ email: 'mia@demo.example', name: 'Mia Tanaka' }, 'TWO_FACTOR_DISABLED');
    await background.settled();
    expect(mails).toMatchObject([
      { to: 'mia@demo.example', subject: 'Two-factor authentication was turned off' },
    ]);
    expect(mails[0]?.text).toContain('2026-11-21 14:05 UTC');
    expect(failures).toEqual([]);
  });
});
