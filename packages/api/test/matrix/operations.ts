import type { GraphQLField, GraphQLInputType, GraphQLOutputType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isScalarType,
  isUnionType,
} from 'graphql';
import type { Known } from './cast.js';

/** One field of Query or Mutation, with some of what may be left out. */
export interface Operation {
  /** Its line in the matrix. */
  readonly key: string;
  readonly field: string;
  readonly kind: 'query' | 'mutation';
  readonly document: string;
  /** The named type of its answer. */
  readonly answers: string;
  variables(known: Known): Record<string, unknown>;
}

/** Every operation of a schema: a query once for each thing that may be left out, a mutation once with all of them. */
export function operationsOf(schema: GraphQLSchema): Operation[] {
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const given = optionalPaths(field).map((path) => [path]);
    return [[], ...given].map((paths) => operation('query', field, paths));
  });
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const paths = optionalPaths(field);
    return [[], ...(paths.length === 0 ? [] : [paths])].map((given) => operation('mutation', field, given));
  });
  return [...queries, ...mutations];
}

/** What may be left out: arguments, and the fields of their input types. */
function optionalPaths(field: GraphQLField<unknown, unknown>): string[] {
  return field.args.flatMap((argument) => {
    const type = getNamedType(argument.type);
    const inside = isInputObjectType(type)
      ? Object.values(type.getFields())
          .filter((inner) => !isRequiredInputField(inner))
          .map((inner) => `${argument.name}.${inner.name}`)
      : [];
    return inside.length === 0 && !isRequiredArgument(argument) ? [argument.name] : inside;
  });
}

function operation(
  kind: Operation['kind'],
  field: GraphQLField<unknown, unknown>,
  given: readonly string[],
): Operation {
  const args = field.args.filter(
    (argument) => isRequiredArgument(argument) || given.some((path) => path.split('.')[0] === argument.name),
  );
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${field.name}${args.length > 0 ? `(${passed})` : ''} ${selectionOf(field.type)}`;
  const label = given.map((path) => path.replace(/^input\./, '')).join(', ');
  return {
    key: label === '' ? field.name : `${field.name}(${label})`,
    field: field.name,
    kind,
    document: `${kind} ${declared === '' ? '' : `(${declared})`} { ${call} }`,
    answers: getNamedType(field.type).name,
    variables: (known) =>
      Object.fromEntries(
        args.map(({ name, type }) => [name, valueOf(type, name, { known, operation: field.name, given })]),
      ),
  };
}

interface Inputs {
  readonly known: Known;
  readonly operation: string;
  readonly given: readonly string[];
}

/** A well-formed value, of what the caller knows. */
function valueOf(type: GraphQLInputType, path: string, inputs: Inputs): unknown {
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields())
      .map((field) => ({ field, at: `${path}.${field.name}` }))
      .filter(({ field, at }) => isRequiredInputField(field) || inputs.given.includes(at));
    return Object.fromEntries(fields.map(({ field, at }) => [field.name, valueOf(field.type, at, inputs)]));
  }
  const name = path.split('.').at(-1) ?? '';
  const value = inputs.known[`${inputs.operation}.${name}`] ?? inputs.known[name];
  if (value === undefined) throw new Error(`The cast has no value for ${inputs.operation}, ${path}.`);
  return value;
}

const DEPTH = 4;

/** Everything that can be selected without arguments. */
function selectionOf(type: GraphQLOutputType, depth = DEPTH): string {
  const named = getNamedType(type);
  if (isScalarType(named) || isEnumType(named)) return '';
  if (isUnionType(named)) {
    const members = named.getTypes().map((member) => `... on ${member.name} ${selectionOf(member, depth)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!('getFields' in named) || isInputObjectType(named)) return '';
  const fields = Object.values(named.getFields())
    .filter((field) => !field.args.some(isRequiredArgument))
    .filter((field) => depth > 1 || isLeaf(field.type))
    .map((field) => `${field.name} ${selectionOf(field.type, depth - 1)}`);
  return `{ __typename ${fields.join(' ')} }`;
}

function isLeaf(type: GraphQLOutputType): boolean {
  const named = getNamedType(type);
  return isScalarType(named) || isEnumType(named);
}
