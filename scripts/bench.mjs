import { join } from 'node:path';
import { attach, step, StepFailed } from './children.mjs';
import { fingerprint, unlessDone } from './fingerprint.mjs';
import { npm, root } from './places.mjs';
import { browsers, findProgram } from './system-packages.mjs';

const peers = ['better-auth', 'accounts'];

/**
 * Compares speed with a bare floor and with the peers that npm can install: `pnpm bench`; with `--browser` it measures what
 * a person waits for instead. What it measures is described in docs/performance.md, which a full run writes anew.
 *
 * @param {string[]} words
 * @returns {Promise<number>} the exit code: 0 where every answer was right
 */
export async function bench(words) {
  const inBrowser = words.includes('--browser');
  if (!inBrowser) for (const peer of peers) await installPeer(peer);
  await buildBench();
  if (inBrowser) return benchBrowser(words);
  return attach(process.execPath, ['packages/bench/dist/main.js', ...words], { cwd: root });
}

export function buildBench() {
  return step(
    'Building the bench',
    [process.execPath, 'node_modules/typescript/bin/tsc', '--build', 'packages/bench/tsconfig.build.json'],
    { cwd: root },
  );
}

/** What a person waits for, in Chromium: `pnpm bench --browser`. @param {string[]} words */
async function benchBrowser(words) {
  const browser = findProgram(browsers);
  if (browser === null)
    throw new StepFailed('Chromium is not installed. Please install it: it does the measuring.');
  return attach(process.execPath, ['packages/bench/dist/browser/main.js', ...words], {
    cwd: root,
    env: { ...process.env, CHROMIUM_PATH: browser },
  });
}

/**
 * A peer has packages of its own, older than ours or newer, and none of them comes with ours.
 *
 * @param {string} peer
 */
async function installPeer(peer) {
  const folder = `packages/bench/peers/${peer}`;
  const current = fingerprint([`${folder}/package.json`, `${folder}/package-lock.json`]);
  await unlessDone(`peer-${peer}`, [`${folder}/node_modules`], current, () =>
    step(`Installing ${peer} to compare with`, [...npm(), 'ci', '--no-audit', '--no-fund'], {
      cwd: join(root, folder),
    }),
  );
}
