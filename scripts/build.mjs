import { join } from 'node:path';
import { step } from './children.mjs';
import { fingerprint, unlessDone } from './fingerprint.mjs';
import { root } from './places.mjs';

/** What is started. */
export const serverFile = 'packages/api/dist/server.js';

const shared = ['pnpm-lock.yaml', 'tsconfig.base.json'];

export async function buildServer() {
  const packages = ['core', 'factors', 'contract', 'api'];
  const sources = packages.flatMap((name) =>
    ['src', 'package.json', 'tsconfig.json'].map((path) => `packages/${name}/${path}`),
  );
  const config = 'packages/api/rolldown.config.js';
  const current = fingerprint([...shared, 'tsconfig.json', config, ...sources]);
  await unlessDone(
    'server',
    ['packages/api/dist/main.js', serverFile, 'packages/api/dist/server-main.cjs'],
    current,
    async () => {
      await step('Building the server', [process.execPath, 'node_modules/typescript/bin/tsc', '--build'], {
        cwd: root,
      });
      await step(
        'Putting the server into one file',
        [process.execPath, 'node_modules/rolldown/bin/cli.mjs', '--config'],
        { cwd: join(root, 'packages/api') },
      );
    },
  );
}

export async function buildWeb() {
  const current = fingerprint(
    [...shared, 'packages/web', 'packages/contract/src', 'packages/factors/src', 'packages/core/src'],
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('VITE_') ? [`${name}=${value}`] : [],
    ),
  );
  await unlessDone(
    'web',
    ['packages/web/dist/index.html', 'packages/web/dist/.vite/manifest.json'],
    current,
    () =>
      step(
        'Building the web client',
        [process.execPath, 'node_modules/vite/bin/vite.js', 'build', '--logLevel=warn'],
        {
          cwd: join(root, 'packages/web'),
        },
      ),
  );
}
