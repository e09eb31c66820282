import type { Notice } from '@twofold/core/ports';
import { describe, expect, it } from 'vitest';
import { noticeMail } from './mail-copy.js';
import { words } from './mail-words.js';

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
  ['NEW_BROWSER', /did not know before[\s\S]*change it at once/],
  ['TRUSTED_BROWSER_COPIED', /old copy[\s\S]*change your password at once/],
  ['SESSIONS_ENDED', /administrator of your organisation ended all sessions/],
];

describe('the mail about a notice', () => {
  it.each(notices)('%s says what happened, when, and what to do', (notice, happened) => {
    const mail = noticeMail(owner, notice, at, url);
    expect(mail.to).toBe('mia@demo.example');
    expect(mail.subject).toMatch(/^[\w' -]{10,70}$/);
    expect(mail.text).toMatch(/^Hello Mia Tanaka,\n/);
    expect(mail.text).toMatch(happened);
    expect(mail.text).toContain('When: 2026-11-21 14:05 UTC');
    expect(mail.text).toMatch(/If it was not you|If you did not expect this/);
    expect(mail.text.match(/https?:\/\/\S+/g)).toEqual([url]);
  });

  it('says where it happened, and leads to the page of devices', () => {
    const device = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
    const origin = { device, address: '2001:db8::7' };
    const { text } = noticeMail(owner, 'NEW_BROWSER', at, url, { origin, devicesOf: 'mia' });
    expect(text).toContain('Where: Firefox on Linux, from 2001:db8::7\n');
    expect(text.match(/https?:\/\/\S+/g)).toEqual([`${url}/users/mia/devices`]);
  });

  it.each([
    ['evil.example/1.0', null],
    ['https://evil.example', 'https://evil.example'],
    [null, '1.2.3.4\nVisit https://evil.example'],
  ])('threat: a device speaks in our place: %j from %j', (device, address) => {
    const { text } = noticeMail(owner, 'NEW_BROWSER', at, url, { origin: { device, address } });
    expect(text).toMatch(/^Where: (https|an unknown program), from an unknown address$/m);
    expect(text).not.toContain('evil');
  });

  it.each(Object.keys(words) as Notice[])('%s is whole, and has one link', (notice) => {
    const detail = {
      invitedBy: 'Adam',
      organization: 'Demo Signage',
      newEmail: 'mia@mail.example',
      deadline: at,
    };
    const mail = noticeMail(owner, notice, at, url, detail);
    expect(mail.subject).toMatch(/^[\w':, -]{10,70}$/);
    expect(mail.text).not.toMatch(/[{}]|undefined|null/);
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
