import { pageAnswer, sessionAnswer, viewerParts } from './answers.js';
import type { Floor } from './floor.js';
import { hashOfToken } from './floor.js';
import { lifetimes } from './open-session.js';
import type { SessionRow, UserRow } from './rows.js';

const TOUCH_AFTER = 60_000;

/** The session of a token; null where it does not live. */
export function useSession({ sql, now }: Floor, token: string): SessionRow | null {
  const at = now();
  const row = sql.session.get(hashOfToken(token), at, at) as SessionRow | undefined;
  if (row === undefined) return null;
  if (row.last_seen_at + TOUCH_AFTER > at) return row;
  const idleExpiresAt = at + lifetimes(row.keep_signed_in !== 0).idle;
  sql.touch.run(at, idleExpiresAt, row.session_id);
  return { ...row, last_seen_at: at, idle_expires_at: idleExpiresAt };
}

export function whoAmI(floor: Floor, session: SessionRow | null): object {
  return {
    viewer: session && viewerParts(session),
    session: session && sessionAnswer(session, floor.now()),
  };
}

/** @param withTotal counts the users as well */
export function usersPage({ sql }: Floor, session: SessionRow, first: number, withTotal: boolean): object {
  const rows = sql.page.all(session.organization_id, first + 1) as UserRow[];
  const page = pageAnswer(rows.slice(0, first), session, rows.length > first);
  if (!withTotal) return { users: page };
  const { total } = sql.total.get(session.organization_id) as { total: number };
  return { users: { ...page, totalCount: total } };
}
