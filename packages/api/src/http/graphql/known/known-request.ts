import type { FastifyRequest } from 'fastify';

/** A request that Apollo would run as it stands. */
export interface KnownRequest {
  readonly query: string;
  /** null where it is left out. */
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
  readonly mediaType: string;
}

const JSON_ANSWER = 'application/json; charset=utf-8';
const GRAPHQL_ANSWER = 'application/graphql-response+json; charset=utf-8';

/** What the clients in use accept, and what Apollo answers to it. Whoever asks for something else is answered by Apollo. */
const mediaTypes = new Map<string | undefined, string>([
  [undefined, JSON_ANSWER],
  ['*/*', JSON_ANSWER],
  ['application/json', JSON_ANSWER],
  ['application/json, text/plain, */*', JSON_ANSWER],
  ['application/graphql-response+json,application/json;q=0.9', GRAPHQL_ANSWER],
]);

/** The same conditions as Apollo's: a POST of JSON, which no page of another site can send without a preflight. */
export function readKnownRequest({ method, url, headers, body }: FastifyRequest): KnownRequest | null {
  const mediaType = mediaTypes.get(headers.accept);
  const isJson = /^application\/json *(;|$)/i.test(headers['content-type'] ?? '');
  if (method !== 'POST' || url !== '/graphql' || !isJson || mediaType === undefined) return null;
  if (!isRecord(body)) return null;
  const { query, variables = null, operationName = null, extensions = null } = body;
  if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string')) return null;
  if (variables !== null && !isRecord(variables)) return null;
  if (extensions !== null && !(isRecord(extensions) && !('persistedQuery' in extensions))) return null;
  return { query, operationName, variables: variables ?? {}, mediaType };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
