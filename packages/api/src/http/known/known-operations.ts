import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import type { GraphContext } from '../../graph/graph-context.js';
import { knownDocuments } from './known-documents.js';
import type { KnownRequest } from './known-request.js';
import { readKnownRequest } from './known-request.js';

export interface KnownOperationsDeps {
  readonly schema: GraphQLSchema;
  readonly context: (request: FastifyRequest, reply: FastifyReply) => Promise<GraphContext>;
  readonly maskError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/**
 * Answers the contract's own operations ahead of Apollo, each parsed, held against the limits and compiled once
 * (ADR 14). False where Apollo has to answer: for every other document, for what a request gets wrong, and for a session
 * that is refused. Nothing has been run then.
 */
export function knownOperations({ schema, context, maskError }: KnownOperationsDeps) {
  const documents = knownDocuments();
  const compiled = new Map<string, Promise<CompiledQuery>>();

  function operationOf({ query: text, operationName }: KnownRequest): Promise<CompiledQuery> | null {
    const known = documents.get(text);
    // The name can be left out where there is one operation; a wrong one is Apollo's to refuse.
    if (known === undefined || (operationName !== null && operationName !== known.name)) return null;
    let operation = compiled.get(text);
    if (operation === undefined) {
      // Loaded by the first request: the start does not wait for a compiler.
      operation = import('graphql-jit').then(({ compileQuery, isCompiledQuery }) => {
        const query = compileQuery(schema, known.document);
        if (!isCompiledQuery(query)) throw new Error('An operation of the contract does not compile.');
        return query;
      });
      compiled.set(text, operation);
    }
    return operation;
  }

  async function run(
    known: KnownRequest,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ExecutionResult | null> {
    const operation = await operationOf(known);
    if (operation === null) return null;
    const contextValue = await context(request, reply).catch(() => null);
    if (contextValue === null) return null;
    const result = (await operation.query(undefined, contextValue, known.variables)) as ExecutionResult;
    // Without data the variables were refused, before any resolver.
    return 'data' in result ? result : null;
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    const known = readKnownRequest(request);
    const result = known && (await run(known, request, reply));
    if (!known || !result) return false;
    const { errors, data } = result;
    const masked = errors?.map((error) => maskError(formatted(error), error));
    const body = JSON.stringify(masked ? { errors: masked, data } : { data });
    // Not the reply itself: it is thenable, and awaited it would be undefined.
    void reply.type(known.mediaType).send(`${body}\n`);
    return true;
  };
}

/** As Apollo hands it to formatError. */
function formatted(error: GraphQLError): GraphQLFormattedError {
  const { message, path } = error;
  return {
    message,
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...error.extensions },
  };
}
