import type { Digest, Random } from '../ports.js';

/** Crockford's base32: no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The last five can be a check symbol alone. */
const CHECK_SYMBOLS = `${ALPHABET}*~$=U`;
/** 29 symbols of 5 bits: 145 bits. */
const LENGTH = 29;

/**
 * A new recovery code: 29 random symbols and a check symbol (Crockford, modulo 37) in six groups of five.
 * Codes whose check symbol is no letter or digit are thrown away, so that what is printed and read out is plain;
 * that leaves 144.8 bits.
 */
export function newRecoveryCode(random: Random): string {
  for (;;) {
    const symbols = [...random.bytes(LENGTH)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
    const check = checkSymbol(symbols);
    if (ALPHABET.includes(check)) return (symbols + check).match(/.{5}/g)?.join('-') ?? '';
  }
}

/** A new recovery code, to be shown once, and the hash that is stored of it. */
export function issueRecoveryCode(deps: { readonly random: Random; readonly digest: Digest }) {
  const recoveryCode = newRecoveryCode(deps.random);
  return { recoveryCode, hash: deps.digest.ofSecret(recoveryCode.replaceAll('-', '')) };
}

/** The canonical form of a typed code, for hashing; null where it has a typing error that the check symbol finds. */
export function parseRecoveryCode(typed: string): string | null {
  const symbols = typed
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  if (symbols.length !== LENGTH + 1) return null;
  const body = symbols.slice(0, LENGTH);
  for (const symbol of body) if (!ALPHABET.includes(symbol)) return null;
  return symbols.slice(LENGTH) === checkSymbol(body) ? symbols : null;
}

function checkSymbol(symbols: string): string {
  let remainder = 0;
  for (const symbol of symbols) remainder = (remainder * 32 + ALPHABET.indexOf(symbol)) % 37;
  return CHECK_SYMBOLS.charAt(remainder);
}
