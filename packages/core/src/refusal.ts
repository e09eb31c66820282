/** The caller may not do this, whatever they send: FORBIDDEN. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** There is no such thing, or none that the caller may see: NOT_FOUND. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** A value that no client of ours would send: BAD_USER_INPUT. The message never repeats the value. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
