import type { ApolloServerPlugin } from '@apollo/server';
import type {
  DefinitionNode,
  DocumentNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { BREAK, Kind, OperationTypeNode, visit } from 'graphql';
import type { KnownDocument } from './known-documents.js';

/** So often Apollo has answered a document before it is compiled: most of what is sent once is not sent again. */
const OFTEN = 5;
/** Who sends ever new documents cannot make the server spend more on it than one compilation a second. */
const COMPILE_EVERY = 1_000;
/** Fields, with those of fragments as often as they are spread: a compiled field takes 6 kB and 0.1 ms. */
const MOST_FIELDS = 200;
const MOST_FIELDS_IN_ALL = 4_000;
const MOST_COUNTED = 1_000;
/** Characters. */
const LONGEST = 4_096;

interface Learned extends KnownDocument {
  readonly fields: number;
}

export interface LearnedDocuments {
  get(text: string): KnownDocument | null;
  /** It does not compile, or not to what GraphQL means: Apollo goes on answering it. */
  refuse(text: string): void;
  /** Learns from what Apollo is about to execute: parsed, valid, and within all limits. */
  readonly plugin: ApolloServerPlugin;
}

/**
 * The documents that programs of others send again and again, so that they are answered as fast as those of the contract
 * (ADR 14). What is kept is bounded by what it takes in memory; the one that was longest not asked for gives way.
 *
 * @param now milliseconds
 */
export function learnedDocuments(now: () => number): LearnedDocuments {
  const learned = new Map<string, Learned>();
  const counted = new Map<string, number>();
  let compiledAt = -Infinity;
  let fieldsInAll = 0;

  function count(text: string, document: DocumentNode): void {
    if (text.length > LONGEST) return;
    const times = (counted.get(text) ?? 0) + 1;
    counted.delete(text);
    counted.set(text, times);
    if (counted.size > MOST_COUNTED) dropOldest(counted);
    // A clock that is set back must not end the learning.
    if (times < OFTEN || Math.abs(now() - compiledAt) < COMPILE_EVERY) return;
    const known = fit(document);
    if (known === null) return refuse(text);
    compiledAt = now();
    counted.delete(text);
    learned.set(text, known);
    fieldsInAll += known.fields;
    while (fieldsInAll > MOST_FIELDS_IN_ALL) fieldsInAll -= dropOldest(learned)?.fields ?? fieldsInAll;
  }

  function refuse(text: string): void {
    fieldsInAll -= learned.get(text)?.fields ?? 0;
    learned.delete(text);
    counted.set(text, -Infinity);
  }

  return {
    get(text) {
      const known = learned.get(text);
      if (known === undefined) return null;
      learned.delete(text);
      learned.set(text, known);
      return known;
    },
    refuse,
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          executionDidStart({ source, document }) {
            count(source, document);
            return Promise.resolve();
          },
        }),
    },
  };
}

/** By the order of insertion: what is used is taken out and put in again. */
function dropOldest<T>(map: Map<string, T>): T | undefined {
  const [oldest] = map;
  if (oldest === undefined) return undefined;
  map.delete(oldest[0]);
  return oldest[1];
}

/** One operation, one field at a time where it changes something, of a moderate size, and nothing about the schema itself. */
function fit(document: DocumentNode): Learned | null {
  const [operation, second] = document.definitions.filter(isOperation);
  if (operation === undefined || second !== undefined || isOutOfReach(document)) return null;
  const { selections } = operation.selectionSet;
  const isOneField = selections.length === 1 && selections[0]?.kind === Kind.FIELD;
  if (operation.operation !== OperationTypeNode.QUERY && !isOneField) return null;
  const fields = fieldsOf(operation.selectionSet, document);
  return fields > MOST_FIELDS ? null : { document, name: operation.name?.value ?? null, fields };
}

const isOperation = (definition: DefinitionNode): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION;

/** graphql-jit 0.8.9 loses fields where a fragment is spread under several conditions. What asks for the schema is large, and
 *  rare. */
function isOutOfReach(document: DocumentNode): boolean {
  let found = false;
  const outOfReach = () => {
    found = true;
    return BREAK;
  };
  visit(document, {
    Directive: outOfReach,
    Field: ({ name: { value } }) => (value === '__schema' || value === '__type' ? outOfReach() : undefined),
  });
  return found;
}

/** Ends at MOST_FIELDS: fragments in fragments would multiply. Valid documents have no circle of them. */
function fieldsOf(set: SelectionSetNode, document: DocumentNode): number {
  let fields = 0;
  const open = [set];
  for (let one = open.pop(); one !== undefined && fields <= MOST_FIELDS; one = open.pop()) {
    for (const selection of one.selections) {
      fields += 1;
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragment(selection.name.value, document) : selection;
      if (inner?.selectionSet) open.push(inner.selectionSet);
    }
  }
  return fields;
}

function fragment(name: string, { definitions }: DocumentNode): FragmentDefinitionNode | undefined {
  return definitions.find(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
}
