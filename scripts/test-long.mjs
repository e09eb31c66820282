import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { attach } from './children.mjs';
import { cache, root } from './places.mjs';
import { searchPath } from './system-packages.mjs';
import { testMutants } from './test-mutants.mjs';

const sections = join(cache, 'long');
const page = join(root, 'docs/security/long-run.md');

/**
 * Runs what takes too long for every change, then takes the guards away one by one, and writes what it measured to
 * docs/security/long-run.md.
 *
 * @returns {Promise<number>} the exit code
 */
export async function testLong() {
  rmSync(sections, { recursive: true, force: true });
  mkdirSync(sections, { recursive: true });
  const code = await attach(
    process.execPath,
    ['../../node_modules/vitest/vitest.mjs', 'run', '--config=vitest.long.config.ts'],
    { cwd: join(root, 'packages/api'), env: { ...process.env, PATH: searchPath } },
  );
  if (code !== 0) return code;
  const alive = await testMutants([]);
  if (alive === 0) writeFileSync(page, await formatted(report()));
  return alive;
}

/** @param {string} text */
async function formatted(text) {
  // `npm start` loads this file before anything is installed.
  const { format, resolveConfig } = await import('prettier');
  return format(text, { ...(await resolveConfig(page)), filepath: page });
}

function report() {
  const parts = readdirSync(sections)
    .sort()
    .map((name) => readFileSync(join(sections, name), 'utf8').trim());
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${availableParallelism()} cores, Node ${process.versions.node}, ${process.platform}`;
  return [
    '# The long run',
    `What \`pnpm test:long\` measured on ${day} (${machine}). It writes this page, and only where nothing failed.`,
    ...parts,
    '',
  ].join('\n\n');
}
