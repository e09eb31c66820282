import { v7 } from 'uuid';
import type { Floor } from './floor.js';
import { hashOfToken, newToken } from './floor.js';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Idle and in all, in ms. */
export const lifetimes = (keepSignedIn: boolean) =>
  keepSignedIn ? { idle: 14 * DAY, absolute: 30 * DAY } : { idle: 30 * MINUTE, absolute: 720 * MINUTE };

export function openSession({ sql, now }: Floor, userId: string, keepSignedIn: boolean) {
  const at = now();
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
