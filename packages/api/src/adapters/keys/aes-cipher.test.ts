import { describe, expect, it } from 'vitest';
import { createAesCipher, SealedValueError } from './aes-cipher.js';
import { createKeyRing } from './key-ring.js';

const old = { id: 'old', key: Buffer.alloc(32, 1) };
const fresh = { id: 'fresh', key: Buffer.alloc(32, 2) };
const cipher = createAesCipher(createKeyRing([fresh, old]));
const place = { table: 'factors', column: 'sealed', row: 'f1' };

describe('a sealed value', () => {
  it.each(['+447911123456', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', '', 'ü 看板 🏢'])(
    'opens where it was sealed: "%s"',
    (text) => {
      expect(cipher.open(cipher.seal(text, place), place)).toBe(text);
    },
  );

  it('is written as key id, dot and base64url', () => {
    expect(cipher.seal('+447911123456', place)).toMatch(/^fresh\.[A-Za-z0-9_-]{55}$/);
  });

  it('differs each time, so that equal phones do not show', () => {
    expect(new Set(Array.from({ length: 50 }, () => cipher.seal('+447911123456', place))).size).toBe(50);
  });

  it('opens after the key was rotated, and the new one is under the new key', () => {
    const before = createAesCipher(createKeyRing([old])).seal('secret', place);
    expect(cipher.open(before, place)).toBe('secret');
    expect(cipher.seal('secret', place)).toMatch(/^fresh\./);
  });
});

describe('threat: whoever can write to the database swaps values', () => {
  it.each([
    { ...place, row: 'f2' },
    { ...place, column: 'other' },
    { ...place, table: 'setups' },
  ])('refuses it at another place: %j', (elsewhere) => {
    const sealed = cipher.seal('secret', place);
    expect(() => cipher.open(sealed, elsewhere)).toThrow(SealedValueError);
  });

  it('refuses it at a place whose names read alike when put together', () => {
    const sealed = cipher.seal('secret', { ...place, row: 'a.b' });
    expect(() => cipher.open(sealed, { ...place, column: 'sealed.a', row: 'b' })).toThrow(SealedValueError);
  });

  it('refuses it with any bit changed', () => {
    const [id, text = ''] = cipher.seal('secret', place).split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => cipher.open(`${id}.${changed.toString('base64url')}`, place)).toThrow(SealedValueError);
    }
  });

  it.each([
    ['cut short', (sealed: string) => sealed.slice(0, -4)],
    ['of a few bytes', () => 'fresh.AAAA'],
    ['of nothing', () => 'fresh.'],
    ['without a key', () => ''],
    ['with a shorter tag', (sealed: string) => sealed.slice(0, -16)],
    ['spelt another way', (sealed: string) => `${sealed}=`],
    ['with a space', (sealed: string) => sealed.replace('.', '. ')],
    ['with another part', (sealed: string) => `${sealed}.AAAA`],
    ['under the id of another key', (sealed: string) => sealed.replace('fresh', 'old')],
    ['under an id that is no key', (sealed: string) => sealed.replace('fresh', '__proto__')],
    ['in the clear', () => 'secret'],
  ])('refuses it %s', (_how, change) => {
    expect(() => cipher.open(change(cipher.seal('secret', place)), place)).toThrow(SealedValueError);
  });
});

describe('threat: nobody hears of a value that was tampered with', () => {
  it('tells of each refusal, with the place and the reason, before it throws', () => {
    const told: SealedValueError[] = [];
    const watched = createAesCipher(createKeyRing([fresh]), (refusal) => told.push(refusal));
    const elsewhere = { ...place, row: 'f2' };
    expect(() => watched.open(watched.seal('secret', place), elsewhere)).toThrow(SealedValueError);
    expect(() => watched.open('gone.AAAA', place)).toThrow(SealedValueError);
    expect(watched.open(watched.seal('secret', place), place)).toBe('secret');
    expect(told.map((refusal) => [refusal.place, refusal.reason])).toEqual([
      [elsewhere, 'it was altered or moved'],
      [place, 'its key is not in the ring'],
    ]);
  });
});

describe('threat: an error tells the key or the value', () => {
  it('names the column and the reason alone', () => {
    const sealed = cipher.seal('the-secret', place);
    const ofOthers = createAesCipher(createKeyRing([{ id: 'other-id', key: Buffer.alloc(32, 3) }]));
    expect(() => ofOthers.open(sealed, place)).toThrow(
      new SealedValueError(place, 'its key is not in the ring'),
    );
    expect(() => cipher.open(sealed, { ...place, row: 'f2' })).toThrow(
      'A sealed value of factors.sealed does not open: it was altered or moved.',
    );
  });
});

it('throws where there is no key at all', () => {
  expect(() => createKeyRing([])).toThrow('no encryption key');
});
