import { unwrapResolverError } from '@apollo/server/errors';
import { BadInput, Forbidden, NotFound } from '@twofold/core/refusal';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import { TooBusy } from '../../adapters/passwords/bounded-queue.js';
import { Unauthenticated } from '../../graph/graph-context.js';
import { DatabaseUnavailable } from '../../store/engine/database-unavailable.js';
import { requestOrigin } from '../request-origin.js';
import { withoutValues } from './without-values.js';

/** The codes of `errors[]` (contract: the third way in which an operation can end). */
type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'RATE_LIMITED'
  | 'OPERATION_TOO_COMPLEX'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/** Mistakes in a request that Apollo and graphql-js find before anything runs. */
const requestMistakes = new Set([
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * What a caller sees of an error: a code of the contract, a sentence and the request's id. Never a stack, an SQL text,
 * a path of the server or a value that was sent. What is no expected refusal is handed to `failed` and masked; a refusal
 * is told to `refused`, without any word of the request.
 */
export function maskErrors(
  failed: (error: unknown, id: string) => void,
  refused: (code: string, id: string) => void,
) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const id = requestOrigin.get()?.requestId ?? 'none';
    const { code, message } = classify(formatted, original(error));
    if (code === 'INTERNAL_SERVER_ERROR') failed(error, id);
    else refused(code, id);
    const { locations, path } = formatted;
    return {
      message,
      // What a resolver threw is found by its path; compiled operations know no other place.
      ...(path ? { path } : locations && { locations }),
      extensions: { code, requestId: id },
    };
  };
}

function classify(formatted: GraphQLFormattedError, cause: unknown): { code: ErrorCode; message: string } {
  if (cause instanceof Unauthenticated) return { code: 'UNAUTHENTICATED', message: cause.message };
  if (cause instanceof Forbidden) return { code: 'FORBIDDEN', message: cause.message };
  if (cause instanceof NotFound) return { code: 'NOT_FOUND', message: cause.message };
  if (cause instanceof BadInput) return { code: 'BAD_USER_INPUT', message: cause.message };
  if (cause instanceof DatabaseUnavailable || cause instanceof TooBusy) return unavailable;
  // Apollo gives every fault that a validation rule reports a code of its own.
  if (isTooComplex(formatted) || (cause instanceof GraphQLError && isTooComplex(cause))) {
    return { code: 'OPERATION_TOO_COMPLEX', message: formatted.message };
  }
  const code = String(formatted.extensions?.['code']);
  if (code === 'GRAPHQL_PARSE_FAILED') return unparsable(formatted.message);
  if (requestMistakes.has(code)) return { code: 'BAD_USER_INPUT', message: withoutValues(formatted.message) };
  return internal;
}

/** The text of graphql-js repeats a part of the document, or tells of the engine's stack. */
function unparsable(message: string): { code: ErrorCode; message: string } {
  return message.startsWith('Syntax Error: Document contains more')
    ? { code: 'OPERATION_TOO_COMPLEX', message: 'The document is too long.' }
    : { code: 'BAD_USER_INPUT', message: 'The document does not parse as GraphQL.' };
}

const unavailable = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'The service is not available right now. Try again in a moment.',
} as const;
const internal = {
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Something went wrong. Try again, or quote the request id to whoever runs this service.',
} as const;

const isTooComplex = ({ extensions }: { extensions?: Record<string, unknown> }) =>
  extensions?.['code'] === 'OPERATION_TOO_COMPLEX';

/** The error that was thrown, beneath what GraphQL and Apollo put around it. */
export function original(error: unknown): unknown {
  const unwrapped = unwrapResolverError(error);
  return unwrapped instanceof GraphQLError && unwrapped.originalError ? unwrapped.originalError : unwrapped;
}
