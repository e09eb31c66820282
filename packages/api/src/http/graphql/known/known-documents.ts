import * as contract from '@twofold/contract/graphql';
import type { DocumentNode, FieldNode } from 'graphql';
import { getOperationAST, Kind, print, visit } from 'graphql';

export interface KnownDocument {
  readonly document: DocumentNode;
  /** Of its one operation; null where it has none. */
  readonly name: string | null;
}

/** The contract's operations, by each text in which a client may send them. */
export function knownDocuments(): ReadonlyMap<string, KnownDocument> {
  const texts = new Map<string, KnownDocument>();
  for (const document of Object.values(contract).filter(isOperation)) {
    const name = getOperationAST(document)?.name?.value;
    if (name === undefined) throw new Error('A document of the contract holds one operation, with a name.');
    for (const form of [document, withTypenames(document)]) texts.set(print(form), { document: form, name });
  }
  return texts;
}

/** As the contract's Vue client sends it: its cache asks for the type of everything, after all else (Apollo Client). */
function withTypenames(document: DocumentNode): DocumentNode {
  const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
  return visit(document, {
    SelectionSet(node, _key, parent) {
      const atRoot = parent !== undefined && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      const has = node.selections.some((one) => one.kind === Kind.FIELD && one.name.value.startsWith('__'));
      return atRoot || has ? undefined : { ...node, selections: [...node.selections, typename] };
    },
  });
}

function isOperation(exported: unknown): exported is DocumentNode {
  if (typeof exported !== 'object' || exported === null || !('definitions' in exported)) return false;
  const { definitions } = exported as DocumentNode;
  return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
}
