import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { GraphContext } from '../../../graph/graph-context.js';
import { tellWhenToReturn } from '../retry-after.js';
import type { KnownOperation } from './compile-known.js';
import type { KnownDocument } from './known-documents.js';
import { knownDocuments } from './known-documents.js';
import type { KnownRequest } from './known-request.js';
import { readKnownRequest } from './known-request.js';
import type { LearnedDocuments } from './learned-documents.js';

export interface KnownOperationsDeps {
  readonly schema: GraphQLSchema;
  readonly learned: Pick<LearnedDocuments, 'get' | 'refuse'>;
  readonly context: (request: FastifyRequest, reply: FastifyReply) => Promise<GraphContext>;
  readonly maskError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/**
 * Answers ahead of Apollo the contract's own operations, and those that others send again and again, each parsed, held
 * against the limits and compiled once (ADR 14). False where Apollo has to answer: for every other document, for what a
 * request gets wrong, and for a session that is refused. Nothing has been run then.
 */
export function knownOperations({ schema, learned, context, maskError }: KnownOperationsDeps) {
  const documents = knownDocuments();
  const compiled = new WeakMap<KnownDocument, KnownOperation | Promise<KnownOperation | null>>();

  function operationOf({
    query: text,
    operationName,
  }: KnownRequest): KnownOperation | Promise<KnownOperation | null> | null {
    const known = documents.get(text) ?? learned.get(text);
    // The name can be left out where there is one operation; a wrong one is Apollo's to refuse.
    if (known === null || (operationName !== null && operationName !== known.name)) return null;
    let operation = compiled.get(known);
    if (operation === undefined) {
      operation = compile(text, known);
      compiled.set(known, operation);
    }
    return operation;
  }

  /** Null where it does not compile: which of the documents of others do, is not in our hands. */
  async function compile(text: string, known: KnownDocument): Promise<KnownOperation | null> {
    // Loaded by the first request: the start does not wait for a compiler.
    const { compileKnown } = await import('./compile-known.js');
    try {
      const ready = compileKnown(schema, known.document);
      compiled.set(known, ready);
      return ready;
    } catch {
      learned.refuse(text);
      return null;
    }
  }

  async function run(
    known: KnownRequest,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ExecutionResult | null> {
    const found = operationOf(known);
    if (found === null) return null;
    const operation = found instanceof Promise ? await found : found;
    if (operation === null) return null;
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
