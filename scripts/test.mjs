import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attach, StepFailed } from './children.mjs';
import { countPlaywright, countVitest } from './counts.mjs';
import { cache, root } from './places.mjs';
import {
  browsers,
  canInstallSystemPackages,
  findProgram,
  installSystemPackages,
  searchPath,
} from './system-packages.mjs';

/** What the tests start, by the names of the program and of Debian's package, and whether all of its suite need it. */
const needed = [
  {
    programs: ['mariadbd'],
    package: 'mariadb-server',
    suite: 'api',
    isForAll: true,
    without: 'the tests of the API',
  },
  {
    programs: ['redis-server'],
    package: 'redis-server',
    suite: 'api',
    isForAll: false,
    without: 'the tests of counters shared in Redis',
  },
  { programs: browsers, package: 'chromium', suite: 'e2e', isForAll: true, without: 'the browser tests' },
];

const suites = ['scripts', 'core', 'factors', 'contract', 'api', 'web', 'bench', 'e2e'];

/**
 * Runs every test, or those of the packages that are named: `npm test -- core api`. The last line is the count.
 *
 * @param {string[]} names
 * @returns {Promise<number>} the exit code: 0 where something ran and nothing failed
 */
export async function test(names) {
  const unknown = names.filter((name) => !suites.includes(name));
  if (unknown.length > 0)
    throw new StepFailed(`There is no ${unknown.join(', ')}. The tests are: ${suites.join(', ')}.`);
  const wanted = names.length > 0 ? names : suites;
  const missing = await missingPrograms(wanted);
  const possible = wanted.filter(
    (name) => !missing.some(({ suite, isForAll }) => isForAll && suite === name),
  );
  mkdirSync(cache, { recursive: true });

  const projects = possible.filter((name) => name !== 'e2e');
  const counts = [];
  if (projects.length > 0) counts.push(await runVitest(projects));
  if (possible.includes('e2e')) counts.push(await runPlaywright());
  for (const { package: name, without } of missing) {
    console.error(`${name} is not installed, and so not run: ${without}.`);
    if (process.env['CI']) counts.push({ passed: 0, failed: 1 });
  }
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  const count = `${passed} passed, ${failed} failed`;
  writeFileSync(join(cache, 'count'), `${count}\n`);
  console.log(count);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** @param {string[]} wanted */
async function missingPrograms(wanted) {
  const absent = () =>
    needed.filter(({ programs, suite }) => wanted.includes(suite) && findProgram(programs) === null);
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
    { cwd: root, env: { ...process.env, PATH: searchPath } },
  );
  return countVitest(read(report), code);
}

async function runPlaywright() {
  const report = freshReport('playwright.json');
  const code = await attach(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    {
      cwd: join(root, 'packages/e2e'),
      env: {
        ...process.env,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        CHROMIUM_PATH: findProgram(browsers) ?? '',
      },
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
