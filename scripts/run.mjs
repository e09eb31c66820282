// What `npm start`, `npm test` and `npm run test:long`, `mutants`, `matrix`, `soak`, `bench` and `dev` call. It needs Node and npm, and nothing that has to be installed first.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const fits = major > 23 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19);
if (!fits) {
  console.error(
    `Twofold needs Node 20.19, 22.13 or 24, or newer ones of these lines, and this is ${process.version}. Please install one of them.`,
  );
  process.exit(1);
}

// Loaded after the check: an older Node may not even parse them.
const { attach, StepFailed, watchForTheEnd } = await import('./children.mjs');
const { install } = await import('./install.mjs');
const { buildServer, buildWeb, serverFile } = await import('./build.mjs');
const { bench } = await import('./bench.mjs');
const { matrix } = await import('./matrix.mjs');
const { test } = await import('./test.mjs');
const { testLong } = await import('./test-long.mjs');
const { testMutants } = await import('./test-mutants.mjs');
const { soak } = await import('./test-soak.mjs');
const { pathOfTools, root } = await import('./places.mjs');

/** @type {Record<string, (words: string[]) => Promise<number>>} Each gives the exit code. */
const commands = {
  async start() {
    await install();
    await buildServer();
    await buildWeb();
    return attach(process.execPath, [serverFile], { cwd: root });
  },
  async test(words) {
    await install();
    await buildServer();
    await buildWeb();
    return test(words);
  },
  async 'test:long'(words) {
    await install();
    await buildServer();
    return testLong(words);
  },
  async mutants(words) {
    await install();
    return testMutants(words);
  },
  async matrix(words) {
    return matrix(words);
  },
  async soak(words) {
    await install();
    await buildServer();
    return soak(words);
  },
  async bench(words) {
    await install();
    await buildServer();
    await buildWeb();
    return bench(words);
  },
  async dev() {
    await install();
    return attach(
      process.execPath,
      [
        'node_modules/concurrently/dist/bin/concurrently.js',
        '--kill-others',
        '--names=api,web',
        'tsx watch --conditions=source --tsconfig=packages/api/tsconfig.json packages/api/src/main.ts',
        'vite packages/web',
      ],
      { cwd: root, env: { ...process.env, PATH: pathOfTools() } },
    );
  },
};

// pnpm hands on the dashes that end its own options.
const [name = '', ...words] = process.argv.slice(2).filter((word) => word !== '--');
const command = commands[name];
if (command === undefined) {
  console.error(`Usage: node scripts/run.mjs ${Object.keys(commands).join(' | ')}`);
  process.exit(2);
}
watchForTheEnd();
try {
  process.exitCode = await command(words);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
