import { SignInDocument, ViewerDocument } from '@twofold/contract/graphql';
import type { BrowserContext } from '@playwright/test';
import { print } from 'graphql';
import type { Product } from '../contestants/product.js';
import { startProduct } from '../contestants/product.js';
import { PASSWORD } from '../people.js';

/** With the demo's people in a new database in `folder`. */
export function startDemo(folder: string): Promise<Product> {
  return startProduct((port) => ({
    HOST: '127.0.0.1',
    PUBLIC_URL: urlOf(port),
    DATABASE_URL: `sqlite:${folder}/twofold.sqlite`,
    LOG_LEVEL: 'error',
  }));
}

export const urlOf = (port: number) => `http://127.0.0.1:${String(port)}`;

/** Signs a person of the demo in, in this context of the browser, and gives the id. */
export async function signIn(context: BrowserContext, url: string, email: string): Promise<string> {
  await ask(context, url, print(SignInDocument), { input: { email, password: PASSWORD } });
  const { viewer } = await ask(context, url, print(ViewerDocument), {});
  if (!viewer) throw new Error(`${email} could not be signed in.`);
  return viewer.id;
}

async function ask(context: BrowserContext, url: string, query: string, variables: object) {
  const answer = await context.request.post(`${url}/graphql`, { data: { query, variables } });
  const { data } = (await answer.json()) as { data: { viewer?: { id: string } | null } };
  return data;
}
