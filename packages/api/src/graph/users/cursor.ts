import { BadInput } from '@twofold/core/refusal';
import { orderValue } from '@twofold/core/users/user-order';
import type { UserCursor, UserOrderField } from '@twofold/core/users/user-store';
import type { User } from '@twofold/core/users/user';

interface Order {
  readonly field: UserOrderField;
  readonly direction: 'ASC' | 'DESC';
}

/** A cursor names the order that it belongs to, so that it is refused in another one. */
export function encodeCursor(user: User, { field, direction }: Order): string {
  return Buffer.from(JSON.stringify([field, direction, orderValue(user, field), user.id])).toString(
    'base64url',
  );
}

/** Throws BadInput for whatever `encodeCursor` did not make for the same order. */
export function decodeCursor(cursor: string, order: Order): UserCursor {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== 4) throw notOurs();
  const [field, direction, value, id] = parts as unknown[];
  if (field !== order.field || direction !== order.direction || typeof id !== 'string') throw notOurs();
  const isTime = order.field === 'LAST_SIGN_IN_AT';
  if (isTime ? value !== null && !Number.isSafeInteger(value) : typeof value !== 'string') throw notOurs();
  return { value: value as string | number | null, id };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw notOurs();
  }
}

const notOurs = () => new BadInput('The argument "after" is no cursor of this list.');
