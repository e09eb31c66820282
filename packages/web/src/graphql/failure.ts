import { CombinedGraphQLErrors, ServerError, ServerParseError } from '@apollo/client/errors';

/** Why an operation gave neither its success nor a Problem. */
export type Failure =
  | { readonly kind: 'network' }
  | { readonly kind: 'session-over' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'limited'; readonly retryAt: string | null }
  | { readonly kind: 'busy' }
  | { readonly kind: 'bug'; readonly requestId: string | null };

/** Sorts what Apollo Client threw by `extensions.code`, as core.graphql lists them. */
export function sortFailure(error: unknown): Failure {
  if (CombinedGraphQLErrors.is(error))
    return sortExtensions(error.errors.map(({ extensions }) => extensions ?? {}));
  if (ServerError.is(error) || ServerParseError.is(error)) return sortStatus(error);
  // fetch rejects with a TypeError where no answer came; anything else is a fault of this program.
  if (error instanceof TypeError) return { kind: 'network' };
  return { kind: 'bug', requestId: null };
}

/** An error status may still carry GraphQL errors; without any it comes from whatever stands before the API. */
function sortStatus(error: ServerError | ServerParseError): Failure {
  const extensions = extensionsIn(error.bodyText);
  if (extensions.length > 0) return sortExtensions(extensions);
  if (error.statusCode === 429) return { kind: 'limited', retryAt: null };
  if (error.statusCode === 502 || error.statusCode === 504) return { kind: 'network' };
  if (error.statusCode === 503) return { kind: 'busy' };
  return { kind: 'bug', requestId: error.response.headers.get('x-request-id') };
}

type Extensions = Readonly<Record<string, unknown>>;

function sortExtensions(all: readonly Extensions[]): Failure {
  const first = all.find(({ code }) => code === 'UNAUTHENTICATED') ?? all[0] ?? {};
  switch (first['code']) {
    case 'UNAUTHENTICATED':
      return { kind: 'session-over' };
    case 'FORBIDDEN':
      return { kind: 'forbidden' };
    case 'NOT_FOUND':
      return { kind: 'not-found' };
    case 'RATE_LIMITED':
      return { kind: 'limited', retryAt: text(first['retryAt']) };
    case 'SERVICE_UNAVAILABLE':
      return { kind: 'busy' };
    default:
      return { kind: 'bug', requestId: text(first['requestId']) };
  }
}

function extensionsIn(body: string): readonly Extensions[] {
  try {
    const { errors } = JSON.parse(body) as { errors?: readonly { extensions?: Extensions }[] };
    return (errors ?? []).flatMap(({ extensions }) => (extensions ? [extensions] : []));
  } catch {
    return [];
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
