/** Crockford's base32, and the five symbols that only a check can be. */
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U';
const body = 'TW0F01DTESTSKN0WN0C0DEATA11XX';

/**
 * A recovery code that is nobody's, in the form that the contract describes and with the right check symbol: a typing error
 * would cost no attempt. A different one for each `n` below 32.
 */
export function wrongRecoveryCode(n: number): string {
  const typed = body.slice(0, -1) + symbols.charAt(n);
  const value = [...typed].reduce((sum, symbol) => (sum * 32 + symbols.indexOf(symbol)) % 37, 0);
  return (typed + symbols.charAt(value)).replace(/.{5}(?=.)/g, '$&-');
}
