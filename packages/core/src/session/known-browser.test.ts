import { describe, expect, it } from 'vitest';
import { DAY } from '../ports.js';
import { fakeDigest } from '../testing/fake-digest.js';
import { browserToken, KNOWN_FOR, knownBrowser } from './known-browser.js';

const now = 1_800_000_000_000;
const digest = fakeDigest();
const browser = { id: 'a-browser', provedAt: now - DAY };
const mia = { userId: 'mia', since: now - 2 * DAY };
const token = browserToken(digest, 'mia', browser);

describe('a known browser', () => {
  it('is known for the account that signed in there, and for no other', () => {
    expect(knownBrowser(digest, [token], mia, now)).toEqual(browser);
    expect(knownBrowser(digest, [token], { ...mia, userId: 'noah' }, now)).toBeNull();
  });

  it('is found among the tokens of others', () => {
    const foreign = browserToken(digest, 'noah', browser);
    expect(knownBrowser(digest, [foreign, 'nonsense', token], mia, now)).toEqual(browser);
    expect(knownBrowser(digest, [], mia, now)).toBeNull();
  });

  it('is unknown again after 180 days, and once the password is a newer one', () => {
    const end = browser.provedAt + KNOWN_FOR;
    expect(knownBrowser(digest, [token], mia, end - 1)).toEqual(browser);
    expect(knownBrowser(digest, [token], mia, end)).toBeNull();
    expect(knownBrowser(digest, [token], { ...mia, since: browser.provedAt }, now)).toEqual(browser);
    expect(knownBrowser(digest, [token], { ...mia, since: browser.provedAt + 1 }, now)).toBeNull();
  });

  it('threat: a token that is altered, cut or made up is none', () => {
    const [id = '', at = '', ...signature] = token.split('.');
    const rest = signature.join('.');
    const forged = [
      '',
      '..',
      `b-browser.${at}.${rest}`,
      `${id}.${String(Number(at) + 1)}.${rest}`,
      `${id}.0${at}.${rest}`,
      `${id}.${at}.`,
      `${id}.${at}`,
      `${token}x`,
      token.slice(0, -1),
      `${id}.Infinity.${rest}`,
    ];
    for (const one of forged) expect([one, knownBrowser(digest, [one], mia, now)]).toEqual([one, null]);
  });
});
