/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import schema from '../../../contract/schema.graphql?raw';
import { allCopy } from '../testing/run-in-app.js';
import { enSignedIn } from './en-signed-in.js';
import { en } from './en.js';
import { createCopy, pickLocale } from './i18n.js';

const globbed = import.meta.glob<string>(
  ['../**/*.vue', '../**/*.ts', '!../**/*.test.ts', '!../copy/en*.ts'],
  { query: '?raw', import: 'default', eager: true },
);
/** By their path from here, those of this folder included: `../copy/FailureNote.vue`. */
const sources = Object.fromEntries(
  Object.entries(globbed).map(([path, source]) => [path.replace(/^\.\/(?=[^.])/, '../copy/'), source]),
);

function keysOf(node: object, prefix = ''): string[] {
  return Object.entries(node).flatMap(([name, value]) =>
    typeof value === 'string' ? [prefix + name] : keysOf(value as object, `${prefix}${name}.`),
  );
}
const all = { ...en, ...enSignedIn };
const defined = new Set(keysOf(all));
/** Every string of the code that looks like the key of a message, or like the beginning of one. */
const keysIn = (code: string) =>
  [...code.matchAll(/['`]([a-z][A-Za-z]*\.[A-Za-z_0-9.]*)(?:['`]|\$\{)/g)].map(([, key]) => key ?? '');
const written = new Set(keysIn(Object.values(sources).join('\n')));

/** The page that `path` (`../sign-in/SignInPage.vue`) is and the files of ours that come with it, lazy ones included. */
function withImports(path: string, found = new Set<string>()): Set<string> {
  const source = sources[path];
  if (source === undefined || found.has(path)) return found;
  found.add(path);
  for (const [, name = ''] of source.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)) {
    const target = new URL(name.replace(/\.js$/, '.ts'), `file:///${path.replace('../', 'src/')}`).pathname;
    withImports(target.replace('/src/', '../'), found);
  }
  return found;
}

/** Keys that are put together from a value: its kinds are held by types or by the schema. */
const composed = [
  /^problems\./,
  /^factors\./,
  /^roles\./,
  /^security\.strengths\./,
  /^activity\.(actions|reasons|periods)\./,
  /^invite\.roleHints\./,
];

describe('the words of the screens', () => {
  it('are there for every key that a screen uses', () => {
    const sections = new Set(Object.keys(all));
    const missing = [...written].filter(
      (key) => sections.has(key.split('.')[0] ?? '') && !defined.has(key) && !key.endsWith('.'),
    );
    expect(missing).toEqual([]);
  });

  it('of signing in are there without those of the pages behind it', () => {
    const pages = Object.keys(sources).filter((path) => path.startsWith('../sign-in/'));
    const files = new Set(['../App.vue', ...pages].flatMap((path) => [...withImports(path)]));
    expect([...files]).toContain('../copy/FailureNote.vue');
    const behind = new Set(Object.keys(enSignedIn));
    const borrowed = [...files].flatMap((path) =>
      keysIn(sources[path] ?? '')
        .filter((key) => behind.has(key.split('.')[0] ?? ''))
        .map((key) => `${path}: ${key}`),
    );
    expect(borrowed).toEqual([]);
  });

  it('stand in one file, section by section', () => {
    expect(Object.keys(en).filter((section) => section in enSignedIn)).toEqual([]);
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
    const { t } = allCopy(['en']).global;
    const empty = [...defined].filter((key) => t(key, { n: 2 }, 2) === '' || t(key, { n: 2 }, 2) === key);
    expect(empty).toEqual([]);
  });

  it("keep the article's names", () => {
    expect([
      all.menu.myAccount,
      all.account.general,
      all.account.users,
      all.user.profile,
      all.user.security,
      all.security.enable,
      all.security.view,
      all.security.disable,
      all.enable.send,
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
    const { t } = allCopy(['en']).global;
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
