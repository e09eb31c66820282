import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { SECOND } from '@twofold/core/ports';
import { print } from 'graphql';
import type { TestDatabase } from '../databases/open-test-database.js';
import type { App, Client } from './client.js';
import type { TestOrganization, TestService } from './open-service.js';
import { openService } from './open-service.js';

/** One service on a fresh database, with an organisation and ways to fill it. */
export interface Scene {
  readonly database: TestDatabase;
  readonly service: TestService;
  readonly signage: TestOrganization;
  now(): number;
  /** A mobile number that no other user of the scene has. */
  newPhone(): string;
  plainUser(): Promise<Person>;
  textUser(phone?: string): Promise<ProtectedPerson & { readonly phone: string }>;
  appUser(): Promise<ProtectedPerson & { readonly app: App }>;
  close(): Promise<void>;
}

export interface Person {
  readonly id: string;
  readonly email: string;
  /** Signed in. */
  readonly owner: Client;
}

export interface ProtectedPerson extends Person {
  readonly recoveryCode: string;
}

export async function openScene(
  open: () => Promise<TestDatabase>,
  changes: Parameters<typeof openService>[1] = {},
): Promise<Scene> {
  const database = await open();
  const service = await openService(database, changes);
  const signage = await service.organization({ name: 'Demo Signage' });
  const now = () => service.clock.now();
  let phones = 0;
  const newPhone = () => `+49151${String(23_400_000 + phones++)}`;
  async function plainUser() {
    const { id, email } = await signage.user();
    return { id, email, owner: await service.signedIn(email) };
  }
  return {
    database,
    service,
    signage,
    now,
    newPhone,
    plainUser,
    async textUser(phone = newPhone()) {
      const person = await plainUser();
      const recoveryCode = await person.owner.enableTexts(phone, () => service.outbox.lastCode());
      return { ...person, phone, recoveryCode };
    },
    async appUser() {
      const person = await plainUser();
      const enabled = await person.owner.enableApp(now);
      // The step of the set-up is used; the next sign-in takes a later one.
      service.clock.advance(30 * SECOND);
      return { ...person, ...enabled };
    },
    async close() {
      await service.close();
      await database.remove();
    },
  };
}

/** How an operation ended: the name of its success type, or the code of its Problem. errors[] and 5xx fail the test. */
export async function ended<Variables>(
  client: Client,
  document: TypedDocumentNode<unknown, Variables>,
  variables: Variables,
): Promise<string> {
  const result = await resultOf(client, document, variables);
  return result.__typename === 'Problem' ? (result.code ?? 'no code') : result.__typename;
}

export interface AnyResult {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly field?: string | null;
  readonly retryAt?: string | null;
}

/** The one result of an operation, as it is. errors[] and 5xx fail the test. */
export async function resultOf<Variables>(
  client: Client,
  document: TypedDocumentNode<unknown, Variables>,
  variables: Variables,
  headers: Record<string, string> = {},
): Promise<AnyResult> {
  const answer = await client.send<Record<string, AnyResult>>(print(document), variables, headers);
  const result = Object.values(answer.data ?? {})[0];
  if (answer.status !== 200 || answer.errors || !result) throw new Error(`Unexpected answer: ${answer.text}`);
  return result;
}

/** Starts the same work `times` times before waiting for any of it. */
export function atOnce<T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)));
}

/** How often each outcome came. */
export function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Six digits that this app shows neither now nor one step before or after. */
export function wrongFor(app: App): string {
  const shown = [-1, 0, 1].map((steps) => app.code(steps));
  return ['000000', '000001', '000002', '000003'].find((code) => !shown.includes(code)) ?? '';
}

export const iso = (instant: number) => new Date(instant).toISOString();
