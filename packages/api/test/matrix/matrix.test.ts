import { readFileSync, writeFileSync } from 'node:fs';
import { ViewerDocument } from '@twofold/contract/graphql';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { buildSchema, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema, printSdl } from '../../src/graph/schema.js';
import { databases } from '../databases/open-test-database.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';
import { accessPage } from './access-page.js';
import type { Cast, Presence } from './cast.js';
import { openCast } from './cast.js';
import type { Caller, Ending } from './matrix.js';
import { callers, matrix, NOT_THEIRS, userFields } from './matrix.js';
import type { Operation } from './operations.js';
import { operationsOf } from './operations.js';

/** The schema that the service serves, and that schema.graphql is held to. */
const schema = buildSchema(printSdl(createSchema()));
const operations = operationsOf(schema);
const everyCaller = Object.keys(callers) as Caller[];
const showingPeople = new Set(['User', 'UserConnection', 'AuditEventConnection', 'String']);

describe('the written matrix', () => {
  it('has a line for every operation of the schema, with each thing that may be left out, and no other', () => {
    expect(Object.keys(matrix).sort()).toEqual(operations.map(({ key }) => key).sort());
  });

  it('has a line for every field of a user, and no other', () => {
    const user = schema.getType('User');
    expect(isObjectType(user) && Object.keys(user.getFields()).sort()).toEqual(
      Object.keys(userFields).sort(),
    );
  });

  it('is what docs/security/access.md says (UPDATE_DOCS=1 writes it)', () => {
    const page = new URL('../../../../docs/security/access.md', import.meta.url);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, accessPage());
    expect(readFileSync(page, 'utf8')).toBe(accessPage());
  });
});

async function endingOf(operation: Operation, { client, headers, known }: Presence): Promise<Ending> {
  const answer = await client.send(operation.document, operation.variables(known), headers);
  const code = answer.errors?.[0]?.extensions.code;
  if (code !== undefined) return code;
  if (answer.status !== 200) throw new Error(`Unexpected answer: ${answer.text}`);
  const result = answer.data?.[operation.field];
  if (result === null || typeof result === 'boolean') return String(result);
  const { __typename, code: problem } = result as { __typename?: string; code?: string };
  const ending = (__typename === 'Problem' ? problem : __typename) ?? operation.answers;
  const isTheirs = answer.text.includes(known.id) || answer.text.includes(known.email);
  return showingPeople.has(ending) && !isTheirs ? ending + NOT_THEIRS : ending;
}

describe.each(databases)('no way round, on $name', ({ open }) => {
  const hasher = fakeHasher();
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open, { outside: { hasher } });
  });
  afterAll(() => scene.close());

  describe('what is read', () => {
    let presences: Record<string, Presence>;
    beforeAll(async () => {
      presences = {};
      // Whoever is disabled is of another cast: the others look at somebody who is there.
      presences['disabled'] = await (await openCast(scene, hasher)).as('disabled');
      const cast = await openCast(scene, hasher);
      for (const caller of everyCaller) presences[caller] ??= await cast.as(caller);
    });

    it.each(operations.filter(({ kind }) => kind === 'query'))('$key', async (operation) => {
      const endings: Record<string, Ending> = {};
      for (const [caller, presence] of Object.entries(presences)) {
        endings[caller] = await endingOf(operation, presence);
      }
      expect(endings).toEqual(matrix[operation.key]);
    });

    it('what a user is seen to be, alike by user and by users', async () => {
      const fields = Object.keys(userFields);
      const selection = fields.map((field) => (field === 'organization' ? 'organization { id }' : field));
      const query = `query ($id: ID!, $email: String) {
        user(id: $id) { ${selection.join(' ')} }
        users(search: $email) { nodes { ${selection.join(' ')} } }
      }`;
      const seen: Record<string, Record<string, Ending>> = {};
      for (const onlooker of Object.keys(userFields['id'] ?? {})) {
        const { client, known } = presences[onlooker]!;
        const answer = await client.send<{ user: Person | null; users: { nodes: Person[] } }>(query, known);
        const user = answer.data?.user ?? null;
        expect(answer.data?.users.nodes).toEqual(user === null ? [] : [user]);
        for (const field of fields) (seen[field] ??= {})[onlooker] = shown(user, field);
      }
      expect(seen).toEqual(userFields);
    });
  });

  describe('what is done', () => {
    const others: ReadonlySet<Caller> = new Set(['colleague', 'admin', 'owner', 'stranger']);
    const theirState = ({ member }: Cast) => member.run(ViewerDocument);

    it.each(operations.filter(({ kind }) => kind === 'mutation'))('$key', async (operation) => {
      const endings: Record<string, Ending> = {};
      for (const caller of everyCaller) {
        const cast = await openCast(scene, hasher);
        const presence = await cast.as(caller);
        const before = others.has(caller) && (await theirState(cast));
        endings[caller] = await endingOf(operation, presence);
        // Who finishes their sign-in is them; nothing else that others do may touch them.
        if (others.has(caller) && endings[caller] !== 'SignedIn') {
          expect(await theirState(cast)).toEqual(before);
        }
      }
      expect(endings).toEqual(matrix[operation.key]);
    });
  });
});

type Person = Readonly<Record<string, unknown>>;

function shown(user: Person | null, field: string): Ending {
  if (user === null) return 'no user';
  const value = user[field];
  return value === null || typeof value === 'boolean' ? String(value) : 'shown';
}
