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
 * docs/security/long-run.md. With words it runs the files that have them in their names, takes no guard away, and replaces
 * what the page says of those: `pnpm test:long cluster`.
 *
 * @param {string[]} files
 * @returns {Promise<number>} the exit code
 */
export async function testLong(files) {
  rmSync(sections, { recursive: true, force: true });
  mkdirSync(sections, { recursive: true });
  const code = await attach(
    process.execPath,
    ['../../node_modules/vitest/vitest.mjs', 'run', '--config=vitest.long.config.ts', ...files],
    { cwd: join(root, 'packages/api'), env: { ...process.env, PATH: searchPath } },
  );
  if (code !== 0) return code;
  const alive = files.length > 0 ? 0 : await testMutants([]);
  if (alive !== 0) return alive;
  const before = files.length > 0 ? readFileSync(page, 'utf8') : '';
  writeFileSync(page, await formatted(pageOf(before, newSections(), measuredNow())));
  return 0;
}

/** @param {string} text */
async function formatted(text) {
  // `npm start` loads this file before anything is installed.
  const { format, resolveConfig } = await import('prettier');
  return format(text, { ...(await resolveConfig(page)), filepath: page });
}

function newSections() {
  return readdirSync(sections).map((name) => readFileSync(join(sections, name), 'utf8').trim());
}

function measuredNow() {
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day} (${String(availableParallelism())} cores, Node ${process.versions.node}, ${process.platform}).`;
}

/**
 * @param {string} before the page as it is; empty for a new one
 * @param {readonly string[]} fresh sections, each beginning with a heading of the second level
 * @param {string} measured stands below each of their headings
 */
export function pageOf(before, fresh, measured) {
  /** @type {Map<string, string>} */
  const byHeading = new Map();
  for (const section of [...before.split(/^(?=## )/m).slice(1), ...fresh]) {
    const [heading = '', ...rest] = section.split('\n');
    const isNew = fresh.includes(section);
    byHeading.set(heading, [heading, ...(isNew ? ['', measured] : []), ...rest].join('\n').trim());
  }
  const intro =
    'What `pnpm test:long` measured. It writes this page, and only where nothing failed; a run of some parts writes those.';
  const sorted = [...byHeading]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, section]) => section);
  return ['# The long run', intro, ...sorted, ''].join('\n\n');
}
