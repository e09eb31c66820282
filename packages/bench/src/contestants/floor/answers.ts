import type { SessionRow, UserRow } from './rows.js';

const time = (at: number) => new Date(at).toISOString();
const timeOrNull = (at: number | null) => (at === null ? null : time(at));

/** The fragment UserParts, as `viewer` sees the user. */
export function userParts(user: UserRow, viewer: Pick<UserRow, 'user_id' | 'role'>) {
  const own = user.user_id === viewer.user_id;
  return {
    id: user.user_id,
    email: user.email,
    name: user.name,
    role: user.role,
    createdAt: time(user.created_at),
    lastSignInAt: timeOrNull(user.last_sign_in_at),
    twoFactorEnabled: own || viewer.role !== 'MEMBER' ? user.method !== null : null,
    isViewer: own,
    viewerCanChangePassword: own,
    viewerCanEnableTwoFactor: own,
  };
}

/** The fragment ViewerParts. */
export function viewerParts(user: UserRow) {
  return {
    ...userParts(user, user),
    twoFactorMethod: user.method,
    organization: { id: user.organization_id, name: user.organization_name, allowedMethods: null },
  };
}

export const scopeOf = (user: UserRow) =>
  user.two_factor_required !== 0 && user.method === null ? 'TWO_FACTOR_SETUP_ONLY' : 'FULL';

export function sessionAnswer(session: SessionRow, now: number) {
  const until = session.password_confirmed_until;
  return {
    id: session.session_id,
    scope: scopeOf(session),
    expiresAt: time(Math.min(session.idle_expires_at, session.absolute_expires_at)),
    passwordConfirmedUntil: timeOrNull(until !== null && until > now ? until : null),
    twoFactorDueAt: null,
  };
}

export function signedInAnswer(user: UserRow, sessionToken: string, expiresAt: number) {
  return {
    __typename: 'SignedIn',
    viewer: viewerParts(user),
    sessionToken,
    expiresAt: time(expiresAt),
    scope: scopeOf(user),
  };
}

export function challengeAnswer(challengeToken: string, methods: readonly string[], expiresAt: number) {
  return {
    __typename: 'TwoFactorChallenge',
    challengeToken,
    method: methods[0],
    methods,
    expiresAt: time(expiresAt),
    delivery: null,
    deliveryProblem: null,
    phones: [],
    trustBrowserDays: null,
  };
}

const messages = {
  INVALID_CREDENTIALS: 'Email or password is incorrect.',
  INVALID_CODE: 'That code is not right. Check it and try again.',
  CHALLENGE_EXPIRED: 'This sign-in has run out or was used. Sign in again.',
  TOO_MANY_ATTEMPTS: 'Too many attempts. Wait until the time given, then try again.',
};

export function problem(code: keyof typeof messages, field: string | null = null, retryAt?: number) {
  return {
    __typename: 'Problem',
    code,
    message: messages[code],
    field,
    retryAt: timeOrNull(retryAt ?? null),
  };
}

export function pageAnswer(
  rows: readonly (UserRow & { readonly name: string })[],
  viewer: UserRow,
  hasNextPage: boolean,
) {
  return {
    nodes: rows.map((row) => userParts(row, viewer)),
    pageInfo: {
      hasNextPage,
      hasPreviousPage: false,
      startCursor: cursorOf(rows[0]),
      endCursor: cursorOf(rows.at(-1)),
    },
  };
}

function cursorOf(row: UserRow | undefined): string | null {
  if (row === undefined) return null;
  const key = row.name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim();
  return Buffer.from(JSON.stringify(['NAME', 'ASC', key, row.user_id])).toString('base64url');
}
