import type { Notice } from '@twofold/core/ports';
import { describe, expect, it } from 'vitest';
import { noticeMail } from './mail-copy.js';

const owner = { email: 'mia@demo.example', name: 'Mia Tanaka' };
const at = Date.UTC(2026, 10, 21, 14, 5, 59);
const url = 'https://dash.example';

const notices: [Notice, RegExp][] = [
  ['TWO_FACTOR_ENABLED', /turned on/],
  ['TWO_FACTOR_CHANGED', /method/],
  ['TWO_FACTOR_DISABLED', /turned off[\s\S]*Turn it on again/],
  ['TWO_FACTOR_RESET', /switched two-factor authentication off[\s\S]*Turn it on again/],
  ['RECOVERY_CODE_USED', /now off[\s\S]*Turn it on again/],
  ['RECOVERY_CODE_REPLACED', /new recovery code/],
  ['PHONE_CHANGED', /phone number/],
  ['BACKUP_PHONE_REMOVED', /backup phone was removed/],
  ['PASSWORD_CHANGED', /password of your account was changed/],
];

describe('the mail about a notice', () => {
  it.each(notices)('%s says what happened, when, and what to do', (notice, happened) => {
    const mail = noticeMail(owner, notice, at, url);
    expect(mail.to).toBe('mia@demo.example');
    expect(mail.subject).toMatch(/^[\w' -]{10,70}$/);
    expect(mail.text).toMatch(/^Hello Mia Tanaka,\n/);
    expect(mail.text).toMatch(happened);
    expect(mail.text).toContain('When: 2026-11-21 14:05 UTC');
    expect(mail.text).toContain('If it was not you');
    expect(mail.text.match(/https?:\/\/\S+/g)).toEqual([url]);
  });

  it('has a subject of its own for each', () => {
    const subjects = notices.map(([notice]) => noticeMail(owner, notice, at, url).subject);
    expect(new Set(subjects).size).toBe(notices.length);
  });

  it.each([
    'Mia\n\nYour account is locked. Visit https://evil.example',
    'https://evil.example',
    'evil.example',
    'mail eve@evil.example',
    ' \n ',
  ])('threat: a name speaks in our place: %j', (name) => {
    expect(noticeMail({ ...owner, name }, 'PHONE_CHANGED', at, url).text).toMatch(/^Hello there,\n\nA phone/);
  });

  it.each(['Dr. Mia O’Neil-Tanaka', 'J. R. Hartley', '田中 美亜'])('greets %s by name', (name) => {
    expect(noticeMail({ ...owner, name }, 'PHONE_CHANGED', at, url).text).toContain(`Hello ${name},`);
  });
});
