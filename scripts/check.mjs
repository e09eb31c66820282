// Everything about the sources that needs no running: `npm run check`. It stops at the first fault.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build.mjs';
import { checkBundle } from './bundle.mjs';
import { step, StepFailed, watchForTheEnd } from './children.mjs';
import { root } from './places.mjs';

/** @param {string} title @param {string} script of a tool @param {string[]} words */
const run = (title, script, ...words) => step(title, [process.execPath, script, ...words], { cwd: root });

const tsc = 'node_modules/typescript/bin/tsc';

async function checkTypes() {
  await run('Types of the packages', tsc, '--build');
  const programs = ['core', 'factors', 'api'].map((name) => `packages/${name}/tsconfig.test.json`);
  programs.push('packages/e2e', 'packages/bench', 'scripts', 'tsconfig.tools.json');
  for (const program of programs.filter((path) => existsSync(join(root, path)))) {
    await run(`Types of ${program}`, tsc, '--project', program);
  }
  await run(
    'Types of the web client',
    'node_modules/vue-tsc/bin/vue-tsc.js',
    '--noEmit',
    '--project',
    'packages/web',
  );
}

/** The SDL and the typed documents are committed: they must be what the code gives. */
async function checkGenerated() {
  const generated = () =>
    [
      'schema.graphql',
      ...readdirSync(join(root, 'packages/contract/src/generated')).map((name) => `src/generated/${name}`),
    ]
      .map((path) => `packages/contract/${path}`)
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const before = new Map(generated().map(({ path, text }) => [path, text]));
  await generate();
  const stale = generated().filter(({ path, text }) => before.get(path) !== text);
  if (stale.length === 0) return;
  throw new StepFailed(
    `Out of date, and made anew just now. Please commit them:\n${stale.map(({ path }) => `  ${path}`).join('\n')}`,
  );
}

async function generate() {
  const schema = [
    'node_modules/tsx/dist/cli.mjs',
    '--conditions=source',
    '--tsconfig=packages/api/tsconfig.json',
    'packages/api/src/graph/emit-schema.ts',
  ];
  await step('Schema from the code', [process.execPath, ...schema], { cwd: root });
  const codegen = ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts'];
  await step('Types from the operations', [process.execPath, ...codegen], {
    cwd: join(root, 'packages/contract'),
  });
}

/** @type {Record<string, () => Promise<void>>} */
const parts = {
  types: checkTypes,
  // Without ESLint's cache: the rules that know types depend on other files too, and a cached fault outlived its mending.
  lint: () => run('Rules of ESLint', 'node_modules/eslint/bin/eslint.js', '.'),
  format: () => run('Format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  imports: () =>
    run(
      'Who imports whom',
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      'packages',
      '--output-type=err-long',
    ),
  unused: () => run('Nothing unused', 'node_modules/knip/bin/knip.js', '--no-progress'),
  generated: checkGenerated,
  // The client as `npm start` and the tests have built it, or built now.
  bundle: async () => {
    await buildWeb();
    checkBundle();
  },
};

watchForTheEnd();
const names = process.argv.slice(2);
try {
  if (names[0] === 'generate') await generate();
  else
    for (const [name, part] of Object.entries(parts))
      if (names.length === 0 || names.includes(name)) await part();
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
