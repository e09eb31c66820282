import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { SignInDocument, ViewerDocument } from '@twofold/contract/graphql';
import type { BrowserContext } from '@playwright/test';
import { print } from 'graphql';
import { freePort } from '../free-port.js';
import { scripts } from '../contestants/places.js';
import { spawnProgram } from '../contestants/server-process.js';
import { PASSWORD } from '../people.js';

export interface Product {
  readonly url: string;
  stop(): Promise<void>;
}

const LONGEST_START = 60_000;

/** What `npm start` runs, with the demo's people in a new database in `folder`. */
export async function startProduct(folder: string): Promise<Product> {
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const environment = {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: `sqlite:${folder}/twofold.sqlite`,
    LOG_LEVEL: 'error',
  };
  const child = spawnProgram({ script: scripts.product, environment, pin: [] }, [
    'ignore',
    'ignore',
    'ignore',
  ]);
  const ended = once(child, 'exit');
  const since = performance.now();
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() - since > LONGEST_START)
      throw new Error('The server did not become ready.');
    await sleep(50);
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

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

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
