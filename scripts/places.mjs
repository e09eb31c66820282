import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Results and other notes of a run that nobody commits. */
export const cache = join(root, '.cache');

/** A PATH with the programs that the packages bring, for tools that start others by name. */
export function pathOfTools() {
  const folders = ['node_modules/.bin', 'packages/web/node_modules/.bin'].map((folder) => join(root, folder));
  return [...folders, process.env['PATH']].join(delimiter);
}

/** The words to call npm with: the one that was called, also where PATH knows another. */
export function npm() {
  const cli = join(dirname(process.env['npm_execpath'] ?? ''), 'npm-cli.js');
  return existsSync(cli) ? [process.execPath, cli] : ['npm'];
}

/** The words to call the pinned pnpm with. Corepack cannot fetch it on Node 20: it knows none of the newer signing keys. */
export function pnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // npm names its own script; npx lies beside it. So the npm that was called does it, also where PATH knows another.
  const npx = join(dirname(process.env['npm_execpath'] ?? ''), 'npx-cli.js');
  const call = existsSync(npx) ? [process.execPath, npx] : ['npx'];
  return [...call, '--yes', '--prefer-offline', '--loglevel=error', packageManager];
}
