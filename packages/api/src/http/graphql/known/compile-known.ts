import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { GraphContext } from '../../../graph/graph-context.js';
import { fillDefaults } from './fill-defaults.js';

/** Runs it. An answer without data: the variables were refused, before any resolver. */
export type KnownOperation = (
  context: GraphContext,
  variables: Readonly<Record<string, unknown>>,
) => ExecutionResult | Promise<ExecutionResult>;

export function compileKnown(schema: GraphQLSchema, document: DocumentNode): KnownOperation {
  const compiled = compileQuery(schema, document);
  if (!isCompiledQuery(compiled)) throw new Error('The operation does not compile.');
  const filled = fillDefaults(schema, document);
  return (context, variables) => compiled.query(undefined, context, filled(variables));
}
