import type { TestDatabase } from '../databases/open-test-database.js';
import type { TwoNodes } from '../harness/two-nodes.js';
import { openTwoNodes } from '../harness/two-nodes.js';
import type { AppPerson } from './devices-scene.js';
import { NamedBrowser, TRUST, trustedBrowserOf } from './devices-scene.js';

/** Two nodes, and an organisation that allows browsers to be trusted. */
export interface TrustScene extends TwoNodes {
  setPolicy(allowed: boolean): Promise<unknown>;
  newBrowser(device?: string): NamedBrowser;
  /** Somebody with a browser that is trusted. */
  trusted(): Promise<AppPerson & { readonly browser: NamedBrowser }>;
  rowsOf(person: Pick<AppPerson, 'id'>): Promise<Record<string, unknown>[]>;
}

export async function openTrustScene(open: () => Promise<TestDatabase>): Promise<TrustScene> {
  const scene = await openTwoNodes(open);
  const { sql } = scene.database.database;
  const setPolicy = (allowed: boolean) =>
    sql.run('UPDATE organizations SET trusted_browsers_allowed = ? WHERE id = ?', [
      allowed,
      scene.signage.id,
    ]);
  await setPolicy(true);
  return {
    ...scene,
    setPolicy,
    newBrowser: (device) => new NamedBrowser(scene.service.url, device),
    async trusted() {
      const person = await scene.appUser();
      return { ...person, browser: await trustedBrowserOf(scene, person) };
    },
    rowsOf: ({ id }) => sql.all('SELECT * FROM trusted_browsers WHERE user_id = ?', [id]),
  };
}

/** The token by which it is trusted; empty where it has none. */
export const trustOf = (browser: NamedBrowser) => browser.cookies.get(TRUST) ?? '';
