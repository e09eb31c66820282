import { buildSchema, execute, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { withoutValues } from './without-values.js';

const schema = buildSchema(`
  enum Color { RED }
  input Login { email: String!, password: String!, times: Int, color: Color }
  type Query { login(input: Login!): Boolean }
`);
const CANARY = 'hunter2-canary';

function messages(query: string, variables?: Record<string, unknown>): string[] {
  const document = parse(query);
  const invalid = validate(schema, document);
  if (invalid.length > 0) return invalid.map(({ message }) => message);
  const result = execute({ schema, document, variableValues: variables ?? {} });
  if (result instanceof Promise) throw new Error('not synchronous');
  return (result.errors ?? []).map(({ message }) => message);
}

describe('leaks: messages of graphql-js without the values that they repeat', () => {
  const withVariable = 'query ($input: Login!) { login(input: $input) }';
  it.each([
    { email: 'a', password: [CANARY] },
    { email: 'a', password: { nested: CANARY } },
    { email: 'a', password: CANARY, times: CANARY },
    { email: 'a', password: CANARY, color: CANARY },
    {
      email: {
        password: `${CANARY} at "input"; Field "x" of required type "Y!" was not provided. ${CANARY}`,
      },
      password: 'b',
    },
    { password: CANARY },
    { email: 'a', password: CANARY, unknown: CANARY },
  ])('in variables: %j', (input) => {
    const found = messages(withVariable, { input });
    expect(found.length).toBeGreaterThan(0);
    for (const message of found) expect(withoutValues(message)).not.toContain(CANARY);
  });

  it.each([
    `{ login(input: { email: 1, password: "${CANARY}" }) }`,
    `{ login(input: { email: "a", password: ["${CANARY}"] }) }`,
    `{ login(input: { email: "a", password: "b", color: "${CANARY}" }) }`,
    `{ login(input: { email: "a", password: "b", times: "${CANARY}" }) }`,
    `{ login(input: "${CANARY}") }`,
  ])('in the document: %s', (query) => {
    const found = messages(query);
    expect(found.length).toBeGreaterThan(0);
    for (const message of found) expect(withoutValues(message)).not.toContain(CANARY);
  });

  it('keeps what a developer needs: the variable, the field that is missing, the field that there is not', () => {
    const [missing] = messages(withVariable, { input: { email: 'a' } });
    expect(withoutValues(missing ?? '')).toBe(
      'The variable $input is not what the schema asks for. Field "password" of required type "String!" was not provided.',
    );
    const [unknown] = messages('{ logn }');
    expect(withoutValues(unknown ?? '')).toContain('Cannot query field "logn"');
  });
});
