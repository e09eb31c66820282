import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { attach } from './children.mjs';
import { countPlaywright, countVitest } from './counts.mjs';
import { cache, root } from './places.mjs';
import { canInstallSystemPackages, findProgram, installSystemPackages } from './system-packages.mjs';

const needed = [
  { programs: ['mariadbd', 'mysqld'], package: 'mariadb-server', without: 'the API on MariaDB' },
  { programs: ['redis-server', 'valkey-server'], package: 'redis-server', without: 'the shared counters' },
  {
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium',
    without: 'the browser tests',
  },
];

/**
 * Runs every test, or those of the packages that are named: `npm test -- core api`. The last line is the count.
 *
 * @param {string[]} names
 * @returns {Promise<number>} the exit code: 0 where something ran and nothing failed
 */
export async function test(names) {
  const missing = await missingPrograms();
  const isBrowserWanted = names.length === 0 || names.includes('e2e');
  const projects = names.filter((name) => name !== 'e2e');
  mkdirSync(cache, { recursive: true });
  const counts = [];
  if (names.length === 0 || projects.length > 0) counts.push(await runVitest(projects));
  const browser = findProgram(['chromium', 'chromium-browser', 'google-chrome']);
  if (isBrowserWanted && browser !== null) counts.push(await runPlaywright(browser));

  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  let failed = counts.reduce((sum, count) => sum + count.failed, 0);
  for (const { package: name, without } of missing) {
    console.error(`${name} is not installed, and so not run: ${without}.`);
    if (process.env['CI']) failed += 1;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

async function missingPrograms() {
  const absent = () => needed.filter(({ programs }) => findProgram(programs) === null);
  if (absent().length > 0 && canInstallSystemPackages()) {
    await installSystemPackages(absent().map((one) => one.package));
  }
  return absent();
}

/** @param {string[]} projects */
async function runVitest(projects) {
  const report = freshReport('vitest.json');
  const code = await attach(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...projects.map((name) => `--project=${name}`),
    ],
    { cwd: root },
  );
  return countVitest(read(report), code);
}

/** @param {string} browser */
async function runPlaywright(browser) {
  const report = freshReport('playwright.json');
  const code = await attach(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    {
      cwd: join(root, 'packages/e2e'),
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, CHROMIUM_PATH: browser },
    },
  );
  return countPlaywright(read(report), code);
}

/** @param {string} name */
function freshReport(name) {
  const path = join(cache, name);
  rmSync(path, { force: true });
  return path;
}

/** @param {string} path @returns {any} null where the run broke off before it wrote one */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
