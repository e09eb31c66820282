import type { LocationQueryValue } from 'vue-router';

/**
 * The page to go to after signing in; null for anything but a path of this site. `//host` and `/\host` are other sites to
 * a browser, so a link could otherwise send a person who has just signed in to a stranger's page.
 */
export function nextLocation(next: LocationQueryValue | LocationQueryValue[] | undefined): string | null {
  if (typeof next !== 'string') return null;
  return /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : null;
}

const notices = { 'signed-out': 'failure.sessionOver', over: 'verify.over' } as const;
export type Notice = keyof typeof notices;

/** The message for why the sign-in page shows, from the history entry; null where the person came by themselves. */
export function noticeOf(state: unknown): (typeof notices)[Notice] | null {
  const notice = (state as { notice?: string } | null)?.notice;
  return notice !== undefined && Object.hasOwn(notices, notice) ? notices[notice as Notice] : null;
}
