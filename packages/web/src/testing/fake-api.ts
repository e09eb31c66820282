/** What an operation is answered with: its data, GraphQL errors, or no answer at all. */
export type Answer = { readonly data: unknown } | { readonly errors: readonly unknown[] } | 'unreachable';

export interface FakeApi {
  readonly fetcher: typeof fetch;
  /** The variables of every call so far, by operation. */
  readonly calls: { readonly operation: string; readonly variables: Record<string, unknown> }[];
  /** From now on the operation is answered so. */
  readonly answer: (operation: string, answer: Answer | Promise<Answer>) => void;
}

/** An API behind `fetch`, for tests: the client, its cache and its links are the real ones. */
export function createFakeApi(): FakeApi {
  const answers = new Map<string, Answer | Promise<Answer>>();
  const calls: FakeApi['calls'] = [];
  const fetcher: typeof fetch = async (_input, init) => {
    const body = JSON.parse(init?.body as string) as {
      operationName: string;
      variables: Record<string, unknown>;
    };
    calls.push({ operation: body.operationName, variables: body.variables });
    const answer = await answers.get(body.operationName);
    if (!answer) throw new Error(`The test has no answer for ${body.operationName}.`);
    if (answer === 'unreachable') throw new TypeError('Failed to fetch');
    return Response.json(answer);
  };
  return { fetcher, calls, answer: (operation, answer) => void answers.set(operation, answer) };
}

export const problemOf = (code: string, rest: { field?: string; retryAt?: string } = {}) => ({
  __typename: 'Problem',
  code,
  message: 'One sentence.',
  field: rest.field ?? null,
  retryAt: rest.retryAt ?? null,
});

export const viewerOf = (rest: Record<string, unknown> = {}) => ({
  __typename: 'User',
  id: 'mia',
  email: 'mia@demo.example',
  name: 'Mia Lindqvist',
  role: 'MEMBER',
  createdAt: '2026-01-01T00:00:00.000Z',
  lastSignInAt: null,
  twoFactorEnabled: false,
  twoFactorMethod: null,
  isViewer: true,
  viewerCanChangePassword: true,
  viewerCanEnableTwoFactor: true,
  organization: { __typename: 'Organization', id: 'demo', name: 'Demo Signage', allowedMethods: null },
  ...rest,
});

export const sessionOf = (rest: Record<string, unknown> = {}) => ({
  __typename: 'Session',
  id: 'session',
  scope: 'FULL',
  expiresAt: '2026-01-01T12:00:00.000Z',
  passwordConfirmedUntil: null,
  twoFactorDueAt: null,
  ...rest,
});

export const signedInOf = (rest: Record<string, unknown> = {}) => ({
  __typename: 'SignedIn',
  viewer: viewerOf(),
  sessionToken: null,
  expiresAt: '2026-01-01T12:00:00.000Z',
  scope: 'FULL',
  ...rest,
});
