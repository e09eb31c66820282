/** The caller may not do this, whatever they send: FORBIDDEN. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** A value that no client of ours would send: BAD_USER_INPUT. The message never repeats the value. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
