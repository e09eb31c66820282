import type { Cipher, Place } from '../ports.js';

/** Hides the text and is bound to its place, as the real one is: moved or altered, a value does not open. */
export function fakeCipher(): Cipher {
  return {
    seal: (plaintext, place) => `${lock(place)}.${scramble(plaintext)}`,
    open(sealed, place) {
      const text = /^([0-9a-f]+)\.((?:[0-9a-f]{4})*)$/.exec(sealed);
      if (text?.[1] !== lock(place) || text[2] === undefined)
        throw new Error('The sealed value does not open here.');
      return unscramble(text[2]);
    },
  };
}

function lock({ table, column, row }: Place): string {
  return scramble(JSON.stringify([table, column, row]));
}

function scramble(text: string): string {
  return Array.from({ length: text.length }, (_, i) =>
    (text.charCodeAt(i) ^ 0x5a).toString(16).padStart(4, '0'),
  ).join('');
}

function unscramble(text: string): string {
  return (text.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16) ^ 0x5a)).join('');
}
