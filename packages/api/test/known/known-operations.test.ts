import { InMemoryCache } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import * as contract from '@twofold/contract/graphql';
import { SECOND } from '@twofold/core/ports';
import type { DocumentNode } from 'graphql';
import { print, specifiedRules, validate } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphContext } from '../../src/graph/graph-context.js';
import { createSchema } from '../../src/graph/schema.js';
import { compileKnown } from '../../src/http/graphql/known/compile-known.js';
import { knownDocuments } from '../../src/http/graphql/known/known-documents.js';
import { operationLimits } from '../../src/http/graphql/limit-operation.js';
import { openSqlite } from '../databases/open-test-database.js';
import { App } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';

const operations = Object.entries(contract)
  .filter(([name]) => name.endsWith('Document'))
  .map(([, document]) => document as DocumentNode);

describe('the documents that are known', () => {
  const known = knownDocuments();

  it('are the contract’s, as they print and as the Vue client’s cache changes them', () => {
    const cache = new InMemoryCache();
    for (const document of operations) {
      expect(known.has(print(document))).toBe(true);
      expect(known.has(print(cache.transformDocument(document)))).toBe(true);
    }
    expect(operations.length).toBeGreaterThan(15);
  });

  it('pass every rule and limit that Apollo holds a document to, and compile', () => {
    const schema = createSchema();
    for (const { document } of known.values()) {
      expect(validate(schema, document, [...specifiedRules, ...operationLimits])).toEqual([]);
      expect(isCompiledQuery(compileQuery(schema, document))).toBe(true);
    }
  });
});

describe('what a client leaves out of its variables', () => {
  const schema = createSchema();
  const context = { live: null, viewer: null } as unknown as GraphContext;
  const answer = (document: DocumentNode, variables: Record<string, unknown>) =>
    compileKnown(schema, document)(context, variables);

  it.each([
    ['a field of an input', contract.SignInDocument, { input: { email: 'a@b.example', password: 'x' } }],
    ['a variable', contract.UsersDocument, { first: 5 }],
    ['a variable that is an input, and its fields', contract.AuditEventsDocument, {}],
    ['a field of an input that is given', contract.AuditEventsDocument, { filter: { action: 'SIGN_IN' } }],
  ])('%s has its default: the operation is run', async (_what, document, variables) => {
    const given = structuredClone(variables);
    expect(await answer(document, variables)).toHaveProperty('data');
    expect(variables).toEqual(given);
  });

  it.each([
    ['null', contract.UsersDocument, { first: null }],
    ['nothing where something is needed', contract.SignInDocument, { input: { email: 'a@b.example' } }],
    ['a list for an input', contract.SignInDocument, { input: [] }],
  ])('%s is no default: nothing is run', async (_what, document, variables) => {
    expect(await answer(document, variables)).not.toHaveProperty('data');
  });
});

/** How a text reaches the server: as it is known, or changed so that Apollo answers. */
type Form = (text: string) => string;
const forms: readonly Form[] = [(text) => text, (text) => `${text}\n# not known`];

/** One service, and everything that it answered. */
class Story {
  readonly answers: unknown[] = [];
  token: string | null = null;

  constructor(
    readonly scene: Scene,
    private readonly form: Form,
  ) {}

  /** Sends it and keeps what came, without what differs between any two requests. */
  async send(
    document: DocumentNode | TypedDocumentNode,
    variables?: unknown,
    headers: Record<string, string> = {},
    more: Record<string, unknown> = {},
  ): Promise<Record<string, Record<string, string>>> {
    const authorization = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.scene.service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body: JSON.stringify({ query: this.form(print(document)), variables, ...more }),
    });
    const text = await response.text();
    const kept = [...response.headers].filter(([name]) => name !== 'content-length');
    this.answers.push({
      status: response.status,
      headers: comparable(kept.join('\n')),
      body: comparable(text),
    });
    return (JSON.parse(text) as { data?: Record<string, Record<string, string>> }).data ?? {};
  }
}

/** Ids, tokens, keys and codes are new each time. What remains is the shape, and all that is the same. */
function comparable(text: string): string {
  return text
    .replace(/<svg.*?<\/svg>/g, 'SVG')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'ID')
    .replace(/(Cursor":")[\w-]+/g, '$1CURSOR')
    .replace(/(otpauthUri|manualKey|recoveryCode|sessionToken|challengeToken)":"[^"]+/g, '$1":"SECRET')
    .replace(/(?<![\w-])[\w-]{43}(?![\w-])/g, 'TOKEN')
    .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, 'DATE');
}

async function tell(story: Story): Promise<void> {
  const { scene } = story;
  const now = () => scene.now();
  const { id, email } = await scene.signage.user({ email: 'mia@known.example', name: 'Mia Known' });
  const signIn = (password: string) => ({ input: { email, password, transport: 'BEARER' } });

  await story.send(contract.ViewerDocument);
  await story.send(contract.UsersDocument);
  await story.send(contract.SignInDocument, signIn('wrong'));
  await story.send(contract.SignInDocument, { input: { email, password: PASSWORD } });
  const signedIn = await story.send(contract.SignInDocument, signIn(PASSWORD));
  story.token = signedIn['signIn']?.['sessionToken'] ?? '';
  await story.send(contract.ViewerDocument);
  await story.send(contract.UsersDocument, { first: 2, search: 'mia' });
  await story.send(contract.UsersDocument, { first: 0 });
  await story.send(contract.UsersDocument, { after: 'nonsense' });
  await story.send(contract.UserDocument, { id });
  await story.send(contract.UserDocument, { id: 'nobody' });
  await story.send(contract.TwoFactorSettingsDocument);

  const started = await story.send(contract.StartTwoFactorDocument, { input: { method: 'TOTP' } });
  const app = new App(started['startTwoFactor']?.['manualKey'] ?? '', now);
  await story.send(contract.EnableTwoFactorDocument, { input: { code: 'abc' } });
  await story.send(contract.EnableTwoFactorDocument, { input: { code: app.code() } });
  await story.send(contract.ConfirmPasswordDocument, { input: { password: PASSWORD } });
  await story.send(contract.TwoFactorSettingsDocument);
  await story.send(contract.RegenerateRecoveryCodeDocument);
  await story.send(contract.AuditEventsDocument, { first: 3 });
  await story.send(contract.AuditEventsDocument, { filter: { everybody: true } });

  const challenged = await story.send(contract.SignInDocument, signIn(PASSWORD));
  const challengeToken = challenged['signIn']?.['challengeToken'] ?? '';
  scene.service.clock.advance(30 * SECOND);
  const verify = (code: string) => ({ input: { challengeToken, code } });
  await story.send(contract.VerifyTwoFactorCodeDocument, verify('000000'));
  await story.send(contract.SendSignInCodeDocument, { input: { challengeToken } });
  await story.send(contract.VerifyTwoFactorCodeDocument, verify(app.code()));
  await story.send(contract.VerifyTwoFactorCodeDocument, verify(app.code()));

  // What a request can get wrong, or say in another way.
  await story.send(contract.UserDocument);
  await story.send(contract.UserDocument, { id: null });
  await story.send(contract.UserDocument, { id: { not: 'an id' } });
  await story.send(contract.UsersDocument, { first: 'two', orderBy: { field: 'NOPE', direction: 'ASC' } });
  await story.send(contract.SignInDocument, { input: { email, password: PASSWORD, more: 1 } });
  await story.send(contract.UserDocument, { id, unknown: 1 });
  await story.send(contract.UserDocument, [id]);
  await story.send(contract.UserDocument, 'x');
  await story.send(contract.ViewerDocument, null);
  for (const more of [
    { operationName: 'Viewer' },
    { operationName: 'Other' },
    { operationName: '(' },
    { operationName: 7 },
    { operationName: null, extensions: null },
    { extensions: { client: { name: 'x' } } },
    { extensions: 'x' },
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
  ]) {
    await story.send(contract.ViewerDocument, undefined, {}, more);
  }
  for (const headers of [
    { accept: '*/*' },
    { accept: 'application/graphql-response+json,application/json;q=0.9' },
    { accept: 'application/graphql-response+json' },
    { accept: 'text/html' },
    { accept: 'multipart/mixed' },
    { 'content-type': 'application/json; charset=utf-8' },
    { 'content-type': 'text/plain' },
    { origin: 'https://evil.example', authorization: '' },
    { authorization: 'Bearer dead' },
    { authorization: 'Basic x' },
  ] as Record<string, string>[]) {
    await story.send(contract.ViewerDocument, undefined, headers);
  }

  await scene.database.database.sql.run('UPDATE factors SET sealed = ?', ['test.altered']);
  await story.send(contract.ConfirmPasswordDocument, { input: { password: PASSWORD } });
  const again = await story.send(contract.SignInDocument, signIn(PASSWORD));
  const token = again['signIn']?.['challengeToken'];
  await story.send(contract.VerifyTwoFactorCodeDocument, {
    input: { challengeToken: token, code: '123456' },
  });
  await story.send(contract.SignOutDocument);
  await story.send(contract.ViewerDocument);
}

describe('a known operation', () => {
  const stories: Story[] = [];
  beforeAll(async () => {
    for (const form of forms) {
      const story = new Story(await openScene(openSqlite), form);
      stories.push(story);
      await tell(story);
    }
  });
  afterAll(() => Promise.all(stories.map(({ scene }) => scene.close())));

  it('is answered as Apollo answers it: status, headers and body, whatever is right or wrong with it', () => {
    const [known, apollo] = stories;
    expect(known?.answers.length).toBeGreaterThan(45);
    expect(known?.answers).toEqual(apollo?.answers);
  });

  it('leaves the same lines in the audit log: each is run once', async () => {
    const logs = stories.map(({ scene }) =>
      scene.database.database.sql.all(
        'SELECT action, outcome, method FROM audit_events ORDER BY at, action, outcome',
      ),
    );
    const [known, apollo] = await Promise.all(logs);
    expect(known?.length).toBeGreaterThan(10);
    expect(known).toEqual(apollo);
  });
});
