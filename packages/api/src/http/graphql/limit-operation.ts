import type { ApolloServerPlugin } from '@apollo/server';
import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import type { FragmentDefinitionNode, SelectionSetNode, ValidationContext, ValidationRule } from 'graphql';
import { GraphQLError, Kind, OperationTypeNode } from 'graphql';

/** Contract, "Numbers": operation. */
const MAX_DEPTH = 12;
const MAX_COST = 20_000;
const MAX_ROOT_FIELDS = 100;
/** About ten times the longest document of this project. Validation takes seconds, or the whole stack, for what fits into a body. */
export const MAX_TOKENS = 4_000;

/** Not counted: it guesses at nothing. */
const unlimitedMutations = new Set(['signOut', '__typename']);

function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400 } } });
}

/** Refuses documents that nest too deep or cost too much, before anything runs. Introspection is free. */
export const operationLimits: ValidationRule[] = [
  maxDepthRule({
    n: MAX_DEPTH,
    propagateOnRejection: false,
    onReject: [report(`The operation is nested deeper than ${String(MAX_DEPTH)} levels.`)],
  }),
  costLimitRule({
    maxCost: MAX_COST,
    propagateOnRejection: false,
    onReject: [report(`The operation asks for too much at once: its cost is over ${String(MAX_COST)}.`)],
  }),
];

function report(message: string) {
  return (context: ValidationContext | null) => context?.reportError(tooComplex(message));
}

/**
 * One sign-in or two-factor mutation an operation: aliases would be many guesses in one request. And few fields at the
 * root in all: each may be a page of the database, and the cost rule sees neither variables nor introspection. The
 * operation that is run counts, with its fragments, not the others of its document.
 */
export const rootFieldLimits: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ operation, document }) {
        if (!operation) return Promise.resolve();
        const fragments = new Map<string, FragmentDefinitionNode>();
        for (const definition of document.definitions) {
          if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
        }
        const names = fieldsOf(operation.selectionSet, fragments);
        if (names.length > MAX_ROOT_FIELDS) {
          throw tooComplex(`One operation may hold ${String(MAX_ROOT_FIELDS)} fields at its root.`);
        }
        const limited = operation.operation === OperationTypeNode.MUTATION ? names.filter(isLimited) : [];
        if (limited.length <= 1) return Promise.resolve();
        throw tooComplex('One operation may hold one of these mutations. Send them one by one.');
      },
    }),
};

const isLimited = (mutation: string) => !unlimitedMutations.has(mutation);

/** The names of the fields at the root, aliased or not, each as often as it stands there. */
function fieldsOf(
  { selections }: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
): readonly string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value;
    const named = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    return named ? fieldsOf(named.selectionSet, fragments) : [];
  });
}
