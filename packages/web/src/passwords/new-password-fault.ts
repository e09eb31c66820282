/** In Unicode code points, as the API counts. */
const MIN_LENGTH = 12;

/** The key of what is wrong with a new password before it is sent; null where nothing is. */
export function newPasswordFault(password: string): 'security.newEmpty' | 'security.newShort' | null {
  if (password === '') return 'security.newEmpty';
  return Array.from(password.normalize('NFKC')).length < MIN_LENGTH ? 'security.newShort' : null;
}
