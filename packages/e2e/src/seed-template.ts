import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from './server.js';

/** Where the workers find the folder that `seedTemplate` has filled. */
export const TEMPLATE = 'TWOFOLD_E2E_TEMPLATE';

/**
 * Before all tests: lets one start migrate and seed a database, which every test then begins with a copy of. Playwright
 * takes the default export, and calls what it gives after the last test.
 */
export default async function seedTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'twofold-e2e-'));
  process.env[TEMPLATE] = folder;
  const server = await Server.start(folder);
  await server.stop();
  return () => rm(folder, { recursive: true, force: true });
}
