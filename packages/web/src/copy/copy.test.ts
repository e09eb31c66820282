/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import schema from '../../../contract/core.graphql?raw';
import { en } from './en.js';
import { createCopy, pickLocale } from './i18n.js';

const sources = import.meta.glob<string>(
  ['../**/*.vue', '../**/*.ts', '!../**/*.test.ts', '!../copy/en.ts'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

function keysOf(node: object, prefix = ''): string[] {
  return Object.entries(node).flatMap(([name, value]) =>
    typeof value === 'string' ? [prefix + name] : keysOf(value as object, `${prefix}${name}.`),
  );
}
const defined = new Set(keysOf(en));
const code = Object.values(sources).join('\n');
/** Every string of the code that looks like the key of a message. */
const written = new Set(
  [...code.matchAll(/['`]([a-z][A-Za-z]*\.[A-Za-z_0-9.]+)['`]/g)].map(([, key]) => key ?? ''),
);

/** Keys that are put together from a value: its kinds are held by types or by the schema. */
const composed = [
  /^problems\./,
  /^factors\./,
  /^roles\./,
  /^security\.strengths\./,
  /^activity\.(actions|reasons|periods)\./,
];

describe('the words of the screens', () => {
  it('are there for every key that a screen uses', () => {
    const sections = new Set(Object.keys(en));
    const missing = [...written].filter((key) => sections.has(key.split('.')[0] ?? '') && !defined.has(key));
    expect(missing).toEqual([]);
  });

  it('are all used', () => {
    const unused = [...defined].filter(
      (key) => !written.has(key) && !composed.some((part) => part.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('cover every problem of the contract, and no other', () => {
    const [, body = ''] = /enum ProblemCode \{([^}]*)\}/.exec(schema) ?? [];
    const codes = body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^[A-Z_]+$/.test(line));
    expect(codes.length).toBeGreaterThan(10);
    expect(Object.keys(en.problems).sort()).toEqual(codes.sort());
  });

  it('can all be compiled and filled in', () => {
    const { t } = createCopy(['en']).global;
    const empty = [...defined].filter((key) => t(key, { n: 2 }, 2) === '' || t(key, { n: 2 }, 2) === key);
    expect(empty).toEqual([]);
  });

  it("keep the article's names", () => {
    expect([
      en.menu.myAccount,
      en.account.general,
      en.account.users,
      en.user.profile,
      en.user.security,
      en.security.enable,
      en.security.view,
      en.security.disable,
      en.enable.send,
      en.verify.send,
      en.factors.SMS.title,
      en.factors.TOTP.title,
    ]).toEqual([
      'My Account',
      'General',
      'Users',
      'Profile',
      'Security',
      'Enable Two-Factor Authentication',
      'Click to View',
      'Disable Two-Factor Authentication',
      'Send Code',
      'Send Code',
      'Use text messages',
      'Use a mobile app',
    ]);
  });

  it('say how many other sessions ended', () => {
    const { t } = createCopy(['en']).global;
    const said = (n: number) => t('security.passwordChanged', { n }, n);
    expect([said(0), said(1), said(3)]).toEqual([
      'Your password is changed. You had no other sessions.',
      'Your password is changed. 1 other session was signed out.',
      'Your password is changed. 3 other sessions were signed out.',
    ]);
  });
});

describe('pickLocale', () => {
  it('keeps the region of a language that there are words in', () => {
    expect(pickLocale(['de-DE', 'en-GB', 'en'])).toBe('en-GB');
  });

  it('falls back to English', () => {
    expect(pickLocale(['xx'])).toBe('en');
  });

  it('writes dates as the region does', () => {
    const { d } = createCopy(['en-GB']).global;
    expect(d(new Date(2026, 10, 24), 'date')).toBe('24 November 2026');
  });
});
