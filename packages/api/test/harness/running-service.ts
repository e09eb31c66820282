import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { testKey } from './open-service.js';
import { freePort } from './free-port.js';

export interface RunningService {
  readonly url: string;
  signal(name: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/**
 * The service as a process of its own, as an operator starts it, on a database that a test has filled; it is ready.
 *
 * @param from `built` starts sooner, and needs a build
 */
export async function runService(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
  from: 'sources' | 'built' = 'sources',
): Promise<RunningService> {
  const folder = new URL('../../', import.meta.url);
  const port = await freePort();
  const words =
    from === 'built' ? ['dist/server.js'] : ['--import', 'tsx', '--conditions=source', 'src/main.ts'];
  const child = spawn(process.execPath, words, {
    cwd: fileURLToPath(folder),
    env: {
      PATH: process.env['PATH'],
      TSX_TSCONFIG_PATH: fileURLToPath(new URL('tsconfig.json', folder)),
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEYS: `test:${testKey.toString('base64')}`,
      DEMO_SEED: 'off',
      PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close').then(
    ([code, signal]) => (code as number | null) ?? (signal as NodeJS.Signals | null),
  );
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Twofold is ready')) resolve();
    });
    ended.then((end) => reject(new Error(`It ended with ${String(end)}: ${said}`)), reject);
  });
  return { url: `http://127.0.0.1:${String(port)}`, signal: (name) => void child.kill(name), ended };
}
