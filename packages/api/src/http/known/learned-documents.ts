import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { BREAK, Kind, OperationTypeNode, visit } from 'graphql';
import type { KnownDocument } from './known-documents.js';

/** So often Apollo has answered a document before it is compiled: most of what is sent once is not sent again. */
const OFTEN = 5;
/** Compiling takes some milliseconds. Who sends ever new documents cannot make the server spend more than this on it. */
const COMPILE_EVERY = 1_000;
const MOST_LEARNED = 200;
const MOST_COUNTED = 2_000;
/** Characters. */
const LONGEST = 8_192;

export interface LearnedDocuments {
  get(text: string): KnownDocument | null;
  /** It does not compile, or not to what GraphQL means: Apollo goes on answering it. */
  refuse(text: string): void;
  /** Learns from what Apollo is about to execute: parsed, valid, and within all limits. */
  readonly plugin: ApolloServerPlugin;
}

/**
 * The documents that programs of others send again and again, so that they are answered as fast as those of the contract
 * (ADR 14). What is kept is bounded: of two hundred, the one that was longest not asked for gives way.
 *
 * @param now milliseconds
 */
export function learnedDocuments(now: () => number): LearnedDocuments {
  const learned = new Map<string, KnownDocument>();
  const counted = new Map<string, number>();
  let compiledAt = -Infinity;

  function count(text: string, document: DocumentNode): void {
    if (text.length > LONGEST) return;
    const times = (counted.get(text) ?? 0) + 1;
    counted.delete(text);
    counted.set(text, times);
    dropOldest(counted, MOST_COUNTED);
    // A clock that is set back must not end the learning.
    if (times < OFTEN || Math.abs(now() - compiledAt) < COMPILE_EVERY) return;
    const known = fit(document);
    if (known === null) return refuse(text);
    compiledAt = now();
    counted.delete(text);
    learned.set(text, known);
    dropOldest(learned, MOST_LEARNED);
  }

  function refuse(text: string): void {
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
function dropOldest(map: Map<string, unknown>, most: number): void {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

/** One operation, one field at a time where it changes something, and nothing about the schema itself. */
function fit(document: DocumentNode): KnownDocument | null {
  const [operation, second] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || second !== undefined) return null;
  const { selections } = operation.selectionSet;
  const changesMore =
    operation.operation !== OperationTypeNode.QUERY &&
    (selections.length > 1 || selections[0]?.kind !== Kind.FIELD);
  return changesMore || asksForSchema(document) ? null : { document, name: operation.name?.value ?? null };
}

function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field({ name: { value } }) {
      if (value !== '__schema' && value !== '__type') return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}
