import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { starterOperations } from '../../src/http/graphql/starter-operations.js';
import { databases } from '../databases/open-test-database.js';
import type { Answer, Client } from '../harness/client.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

const guess = (alias = '') => `${alias} confirmPassword(input: { password: "wrong" }) { __typename }`;
const repeat = (times: number, part: (index: number) => string) =>
  Array.from({ length: times }, (_, i) => part(i)).join(' ');

describe.each(databases)('operations, on $name', ({ open }) => {
  let scene: Scene;
  let owner: Client;
  beforeAll(async () => {
    scene = await openScene(open);
    owner = (await scene.plainUser()).owner;
  });
  afterAll(() => scene.close());

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${scene.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const codeOf = async (query: string, extra: object = {}) => {
    const answer = await post({ query, ...extra }, { authorization: `Bearer ${owner.token ?? ''}` });
    const body = (await answer.json()) as Pick<Answer<unknown>, 'errors'>;
    return body.errors?.[0]?.extensions.code ?? 'data';
  };
  const failures = async () => {
    const rows = await scene.database.database.sql.all(
      "SELECT * FROM limits WHERE limit_key LIKE 'password:%'",
    );
    return JSON.stringify(rows);
  };

  describe('one guess an operation', () => {
    it.each([
      ['aliases', `mutation { ${guess('a:')} ${guess('b:')} }`],
      ['100 aliases', `mutation { ${repeat(100, (i) => guess(`a${String(i)}:`))} }`],
      [
        'two mutations',
        `mutation { ${guess()} disableTwoFactor(input: { password: "wrong" }) { __typename } }`,
      ],
      ['an inline fragment', `mutation { ${guess()} ... { ${guess('b:')} } }`],
      ['an inline fragment on a type', `mutation { ... on Mutation { ${guess('a:')} ${guess('b:')} } }`],
      ['a named fragment', `mutation { ${guess()} ...F } fragment F on Mutation { ${guess('b:')} }`],
      [
        'nested fragments',
        `mutation { ...F } fragment F on Mutation { ...G ...H } fragment G on Mutation { ${guess('a:')} } fragment H on Mutation { ...I } fragment I on Mutation { ${guess('b:')} }`,
      ],
      [
        'a directive that leaves one out',
        `mutation { ${guess()} b: confirmPassword(input: { password: "wrong" }) @skip(if: true) { __typename } }`,
      ],
    ])('%s: refused, and nothing is compared', async (_, query) => {
      const before = await failures();
      expect(await codeOf(query)).toBe('OPERATION_TOO_COMPLEX');
      expect(await failures()).toBe(before);
    });

    it('the operation that is run counts, not the others of its document', async () => {
      const query = `mutation One { ${guess()} } mutation Two { ${guess('a:')} ${guess('b:')} }`;
      expect(await codeOf(query, { operationName: 'One' })).toBe('data');
      expect(await codeOf(query, { operationName: 'Two' })).toBe('OPERATION_TOO_COMPLEX');
      expect(await codeOf(query)).toBe('BAD_USER_INPUT');
      expect(await codeOf(query, { operationName: 'Three' })).toBe('BAD_USER_INPUT');
    });

    it('a batch is refused', async () => {
      const before = await failures();
      for (const batch of [[{ query: `mutation { ${guess()} }` }], [], [[{ query: '{ __typename }' }]]]) {
        const answer = await post(batch, { authorization: `Bearer ${owner.token ?? ''}` });
        expect([answer.status, await answer.text()]).toEqual([
          400,
          expect.stringContaining('BAD_USER_INPUT'),
        ]);
      }
      expect(await failures()).toBe(before);
    });
  });

  describe('what an operation may cost', () => {
    const deep = (levels: number) =>
      `{ users { nodes { ${'... { '.repeat(levels - 3)} id ${'} '.repeat(levels - 3)} } } }`;

    it('a depth of 12 and no more', async () => {
      expect(await codeOf(deep(12))).toBe('data');
      expect(await codeOf(deep(13))).toBe('OPERATION_TOO_COMPLEX');
    });

    it('introspection is allowed, free, and the whole schema', async () => {
      const answer = await scene.service.client().send(getIntrospectionQuery());
      expect(answer.errors).toBeUndefined();
      expect(answer.text).toContain('verifyTwoFactorCode');
    });

    it('what the explorer opens with is not too long', async () => {
      expect(await codeOf(starterOperations('BEARER'), { operationName: 'Viewer' })).toBe('data');
    });

    it.each([
      [
        'literal pages',
        `{ ${repeat(60, (i) => `a${String(i)}: users(first: 100) { nodes { id email name } }`)} }`,
      ],
      [
        'pages by variable',
        `query($n: Int! = 100) { ${repeat(101, (i) => `a${String(i)}: users(first: $n) { totalCount }`)} }`,
      ],
      ['introspections', `{ ${repeat(101, (i) => `a${String(i)}: __schema { types { name } }`)} }`],
      ['a field 60,000 times', `{ viewer { ${'id '.repeat(60_000)} } }`],
      ['15,000 aliases', `{ ${repeat(15_000, (i) => `a${String(i)}:__typename`)} }`],
      ['a nesting of 80,000', '{a'.repeat(80_000)],
      ['10,000 operations', repeat(10_000, (i) => `query a${String(i)}{__typename}`)],
      [
        'a chain of 5,000 fragments',
        `{...F0} ${repeat(5_000, (i) => `fragment F${String(i)} on Query {...F${String(i + 1)}}`)} fragment F5000 on Query {__typename}`,
      ],
      [
        'fragments that double',
        `mutation {...F0} ${repeat(24, (i) => `fragment F${String(i)} on Mutation { ...F${String(i + 1)} ...F${String(i + 1)} }`)} fragment F24 on Mutation {__typename}`,
      ],
    ])('%s: refused before it runs, and quickly', { timeout: 5_000 }, async (_, query) => {
      const started = performance.now();
      expect(await codeOf(query)).toBe('OPERATION_TOO_COMPLEX');
      expect(performance.now() - started).toBeLessThan(1_000);
    });

    it('a document that does not parse says so and no more', async () => {
      for (const query of [
        '{',
        `{ user(id: ${'['.repeat(100_000)}`,
        '{ viewer { id } } secret-word',
        '\ud800',
      ]) {
        const answer = await scene.service.client().send(query);
        const [error] = answer.errors ?? [];
        expect([error?.message, error?.extensions.code]).toEqual([
          'The document does not parse as GraphQL.',
          'BAD_USER_INPUT',
        ]);
      }
      expect(await codeOf('fragment A on Query { ...A } { ...A }')).toBe('BAD_USER_INPUT');
    });

    it('a body over 256 KiB answers 413 with a code', async () => {
      const empty = JSON.stringify({ query: '{ __typename }', pad: '' });
      const body = (size: number) => empty.replace('""', `"${'x'.repeat(size - empty.length)}"`);
      expect(Buffer.byteLength(body(256 * 1024))).toBe(256 * 1024);
      expect((await post(body(256 * 1024))).status).toBe(200);
      const answer = await post(body(256 * 1024 + 1));
      const requestId = answer.headers.get('x-request-id');
      expect([answer.status, await answer.json()]).toEqual([
        413,
        {
          errors: [
            {
              message: 'The body is larger than 256 KiB.',
              extensions: { code: 'BAD_USER_INPUT', requestId },
            },
          ],
        },
      ]);
    });
  });
});
