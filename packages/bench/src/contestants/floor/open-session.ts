import { v7 } from 'uuid';
import type { Floor, Origin } from './floor.js';
import { hashOfToken, newToken } from './floor.js';
import type { UserRow } from './rows.js';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Idle and in all, in ms. */
export const lifetimes = (keepSignedIn: boolean) =>
  keepSignedIn ? { idle: 14 * DAY, absolute: 30 * DAY } : { idle: 30 * MINUTE, absolute: 720 * MINUTE };

export function openSession(
  floor: Floor,
  { user_id: userId, last_sign_in_at }: Pick<UserRow, 'user_id' | 'last_sign_in_at'>,
  { keepSignedIn, device }: Pick<Origin, 'device'> & { readonly keepSignedIn: boolean },
) {
  const { sql, now } = floor;
  const at = now();
  if (last_sign_in_at !== null) noteProgram(floor, userId, device);
  const id = v7();
  const token = newToken();
  const { idle, absolute } = lifetimes(keepSignedIn);
  sql.newSession.run(
    ...[id, userId, hashOfToken(token), at, at, at + idle, at + absolute, Number(keepSignedIn)],
    ...[null, null, null],
  );
  sql.signedIn.run(at, userId);
  return { id, token, expiresAt: at + Math.min(idle, absolute) };
}

/** The owner hears of a program once in 30 days; the floor, which mails nothing, writes down that they did. */
function noteProgram({ sql, keys, now }: Floor, userId: string, device: string | null): void {
  const key = `new-program:${userId}:${keys.keyed(device ?? '', 'limit:device')}`;
  const row = sql.limit.get(key) as { state: string | null } | undefined;
  if (row?.state != null && Number(row.state) + 30 * DAY > now()) return;
  sql.saveLimit.run(key, String(now()), now() + 30 * DAY);
}
