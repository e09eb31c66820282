import { describe, expect, it } from 'vitest';
import { createHmacDigest } from './hmac-digest.js';
import { createKeyRing } from './key-ring.js';

const old = { id: 'old', key: Buffer.alloc(32, 1) };
const fresh = { id: 'fresh', key: Buffer.alloc(32, 2) };
const digest = createHmacDigest(createKeyRing([fresh, old]));

describe('the digest of a secret', () => {
  it('is SHA-256 in hex (the vector "abc" of FIPS 180-4)', () => {
    expect(digest.ofSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('a keyed digest', () => {
  it('matches its value in its context', () => {
    expect(digest.matchesKeyed('012345', 'challenge:c1', digest.keyed('012345', 'challenge:c1'))).toBe(true);
  });

  it('is the same each time, so that it can be looked up', () => {
    expect(digest.keyed('mia@demo.example', 'email')).toBe(digest.keyed('mia@demo.example', 'email'));
  });

  it('matches after the key was rotated, and the new one is under the new key', () => {
    const before = createHmacDigest(createKeyRing([old])).keyed('012345', 'c');
    expect(digest.matchesKeyed('012345', 'c', before)).toBe(true);
    expect(digest.matchesKeyed('012346', 'c', before)).toBe(false);
    expect(digest.keyed('012345', 'c')).toMatch(/^fresh\.[A-Za-z0-9_-]{43}$/);
  });
});

describe('threat: a digest passes for another one', () => {
  const made = digest.keyed('012345', 'challenge:c1');

  it.each([
    ['another value', '012346', 'challenge:c1', made],
    ['another context', '012345', 'challenge:c2', made],
    [
      'value and context that read alike when put together',
      '2345',
      'challenge:c101',
      digest.keyed('012345', 'challenge:c1'),
    ],
    ['no value', '', 'challenge:c1', made],
    ['a key that is gone', '012345', 'challenge:c1', made.replace('fresh', 'gone')],
    ['the id of another key', '012345', 'challenge:c1', made.replace('fresh', 'old')],
    ['an id that is no key', '012345', 'challenge:c1', made.replace('fresh', '__proto__')],
    ['a digest cut short', '012345', 'challenge:c1', made.slice(0, -1)],
    ['a digest with more behind it', '012345', 'challenge:c1', `${made}=`],
    ['an empty digest', '012345', 'challenge:c1', ''],
    ['an id alone', '012345', 'challenge:c1', 'fresh.'],
    ['the value itself', '012345', 'challenge:c1', '012345'],
  ])('does not match %s', (_what, value, context, given) => {
    expect(digest.matchesKeyed(value, context, given)).toBe(false);
  });

  it('cannot be made without the key', () => {
    const guess = createHmacDigest(createKeyRing([{ id: 'fresh', key: Buffer.alloc(32, 9) }]));
    expect(digest.matchesKeyed('012345', 'c', guess.keyed('012345', 'c'))).toBe(false);
  });
});
