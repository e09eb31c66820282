import type { DocumentNode, GraphQLInputType, GraphQLSchema } from 'graphql';
import {
  astFromValue,
  getNamedType,
  getOperationAST,
  isInputObjectType,
  isListType,
  isNonNullType,
  isInputType,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';

type Fields = Readonly<Record<string, unknown>>;
type Fill = (fields: Fields) => Fields;

interface Input {
  readonly name: string;
  /** As a client would have written it; undefined where there is none. */
  readonly byDefault: unknown;
  /** Null where nothing can be left out of it. */
  readonly within: Fill | null;
}

/**
 * Writes into the variables of an operation what a client may leave out (GraphQL, 6.1.2 and 3.10): graphql-jit 0.8.9
 * refuses an input whose type is non-null and that has a default. What it is given is not changed.
 */
export function fillDefaults(schema: GraphQLSchema, document: DocumentNode): Fill {
  const variables = getOperationAST(document)?.variableDefinitions ?? [];
  const inputs = variables.map(({ variable, type: node, defaultValue }): Input => {
    const type = typeFromAST(schema, node);
    if (!isInputType(type)) throw new Error(`${variable.name.value} is of a type that is no input.`);
    return {
      name: variable.name.value,
      byDefault: defaultValue && valueFromASTUntyped(defaultValue),
      within: fillOf(type),
    };
  });
  return filling(inputs) ?? ((fields) => fields);
}

function fillOf(type: GraphQLInputType): Fill | null {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return null;
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare))
    throw new Error(`A list of ${named.name}: no operation of the contract takes one yet.`);
  const fields = Object.values(named.getFields());
  return filling(
    fields.map(({ name, type: fieldType, defaultValue }) => {
      const literal = defaultValue === undefined ? null : astFromValue(defaultValue, fieldType);
      return {
        name,
        byDefault: literal ? valueFromASTUntyped(literal) : undefined,
        within: fillOf(fieldType),
      };
    }),
  );
}

function filling(inputs: readonly Input[]): Fill | null {
  const fillable = inputs.filter(({ byDefault, within }) => byDefault !== undefined || within !== null);
  if (fillable.length === 0) return null;
  return (fields) => {
    let filled: Record<string, unknown> | null = null;
    for (const { name, byDefault, within } of fillable) {
      const given = fields[name] === undefined ? byDefault : fields[name];
      const value = within !== null && isFields(given) ? within(given) : given;
      if (value !== fields[name]) (filled ??= { ...fields })[name] = value;
    }
    return filled ?? fields;
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
