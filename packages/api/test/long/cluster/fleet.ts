import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { testKey } from '../../harness/open-service.js';
import { freePort } from '../../harness/free-port.js';
import type { Tells, Told } from './service-process.js';

/** Processes of the service whose clocks go alike and whose texts arrive here. */
export interface Fleet {
  readonly urls: readonly string[];
  now(): number;
  /** Puts every clock forward. */
  advance(milliseconds: number): Promise<void>;
  /** The code of the first text to this number that comes after `begin` was called. */
  codeTo(phone: string, begin: () => Promise<unknown>): Promise<string>;
  stop(): Promise<void>;
}

/** One process for each database URL. */
export async function startFleet(databaseUrls: readonly string[], redisUrl: string): Promise<Fleet> {
  const texts = new EventEmitter().setMaxListeners(0);
  const children = await Promise.all(
    databaseUrls.map(async (databaseUrl) => {
      const port = await freePort();
      return { url: `http://127.0.0.1:${String(port)}`, child: await start(databaseUrl, redisUrl, port) };
    }),
  );
  for (const { child } of children) {
    child.on('message', (told: Tells) => {
      if ('text' in told) texts.emit(told.text.to, told.text.text);
    });
  }
  let ahead = 0;

  return {
    urls: children.map(({ url }) => url),
    now: () => Date.now() + ahead,
    async advance(milliseconds) {
      ahead += milliseconds;
      await Promise.all(children.map(({ child }) => settled(child, { ahead })));
    },
    async codeTo(phone, begin) {
      const arrived = once(texts, phone, { signal: AbortSignal.timeout(20_000) });
      await begin();
      const code = /^(\d{6}) /.exec(String((await arrived)[0]))?.[1];
      if (code === undefined) throw new Error(`A text without a code came to ${phone}.`);
      return code;
    },
    async stop() {
      await Promise.all(
        children.map(async ({ child }) => {
          const gone = once(child, 'exit');
          child.send({ stop: true } satisfies Told);
          await gone;
        }),
      );
    },
  };
}

async function start(databaseUrl: string, redisUrl: string, port: number): Promise<ChildProcess> {
  const folder = new URL('../../../', import.meta.url);
  const child = fork(fileURLToPath(new URL('service-process.ts', import.meta.url)), {
    cwd: fileURLToPath(folder),
    execArgv: ['--import', 'tsx', '--conditions=source'],
    env: {
      PATH: process.env['PATH'],
      TSX_TSCONFIG_PATH: fileURLToPath(new URL('tsconfig.json', folder)),
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      ENCRYPTION_KEYS: `test:${testKey.toString('base64')}`,
      DEMO_SEED: 'off',
      TRUSTED_PROXIES: 'loopback',
      LOG_LEVEL: 'warn',
      PORT: String(port),
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.on('message', (told: Tells) => 'ready' in told && resolve());
    child.once('exit', (code) => reject(new Error(`The service ended with ${String(code)}.`)));
  });
  return child;
}

/** The clock of a process has been put forward once it says so. */
function settled(child: ChildProcess, told: { readonly ahead: number }): Promise<void> {
  return new Promise((resolve) => {
    const listen = (tells: Tells) => {
      if (!('ahead' in tells) || tells.ahead !== told.ahead) return;
      child.off('message', listen);
      resolve();
    };
    child.on('message', listen);
    child.send(told satisfies Told);
  });
}
