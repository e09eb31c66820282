import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { GraphContext } from '../../graph/graph-context.js';
import { tellWhenToReturn } from '../retry-after.js';
import type { KnownOperation } from './compile-known.js';
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
  const compiled = new Map<string, KnownOperation | Promise<KnownOperation>>();

  function operationOf({
    query: text,
    operationName,
  }: KnownRequest): KnownOperation | Promise<KnownOperation> | null {
    const known = documents.get(text);
    // The name can be left out where there is one operation; a wrong one is Apollo's to refuse.
    if (known === undefined || (operationName !== null && operationName !== known.name)) return null;
    let operation = compiled.get(text);
    if (operation === undefined) {
      // Loaded by the first request: the start does not wait for a compiler.
      operation = import('./compile-known.js').then(({ compileKnown }) => {
        const ready = compileKnown(schema, known.document);
        compiled.set(text, ready);
        return ready;
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
    const found = operationOf(known);
    if (found === null) return null;
    const operation = found instanceof Promise ? await found : found;
    const contextValue = await context(request, reply).catch(() => null);
    if (contextValue === null) return null;
    const result = await operation(contextValue, known.variables);
    // Without data the variables were refused, before any resolver.
    return 'data' in result ? result : null;
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    const known = readKnownRequest(request);
    const result = known && (await run(known, request, reply));
    if (!known || !result) return false;
    const { errors, data } = result;
    tellWhenToReturn(errors, (seconds) => reply.header('retry-after', seconds));
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
