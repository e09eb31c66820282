import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { SmsSender } from '@twofold/factors/server';
import type { Mailer } from '../../src/adapters/mail/mailer.js';
import { runCli } from '../../src/cli/run-cli.js';
import { testKey } from '../harness/open-service.js';

export interface Answered {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Given {
  readonly url?: string;
  /** What is piped in. */
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly mailer?: Mailer;
  readonly smsSender?: SmsSender;
}

/** The settings of the services that openService composes. */
export function settingsFor(url: string | undefined): Record<string, string> {
  return {
    ...(url === undefined ? {} : { DATABASE_URL: url }),
    ENCRYPTION_KEYS: `test:${testKey.toString('base64')}`,
    PUBLIC_URL: 'http://dashboard.example',
  };
}

/** The whole command line, in this process. */
export async function runHere(given: Given, ...words: string[]): Promise<Answered> {
  const [out, err] = [[] as string[], [] as string[]];
  const code = await runCli(words, {
    environment: { ...settingsFor(given.url), ...given.environment },
    root: tmpdir(),
    terminal: {
      print: (line) => void out.push(`${line}\n`),
      note: (line) => void err.push(`${line}\n`),
      write: (part) => Promise.resolve(void out.push(part)),
    },
    input: Readable.from([Buffer.from(given.stdin ?? '')]),
    ...(given.mailer && { mailer: given.mailer }),
    ...(given.smsSender && { smsSender: given.smsSender }),
  });
  process.exitCode = 0;
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** The same as a process of its own, which can be killed. */
export function startCli(given: Given, ...words: string[]) {
  const folder = new URL('../../', import.meta.url);
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', 'src/cli.ts', ...words], {
    cwd: fileURLToPath(folder),
    env: {
      PATH: process.env['PATH'],
      TSX_TSCONFIG_PATH: fileURLToPath(new URL('tsconfig.json', folder)),
      ...settingsFor(given.url),
      ...given.environment,
    },
    timeout: 30_000,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(given.stdin ?? '');
  const ended = new Promise<Answered>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    ended,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    /** Resolves once standard error holds this text; rejects where the process ends before. */
    said: (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => stderr.includes(text) && resolve();
        child.stderr.on('data', look);
        void ended.then((end) => reject(new Error(`It ended before it said so: ${JSON.stringify(end)}`)));
        look();
      }),
  };
}

export const runCliProcess = (given: Given, ...words: string[]) => startCli(given, ...words).ended;

/** The one document that `--json` prints. */
export function documentOf({ stdout }: Answered): Record<string, unknown> {
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** A folder for a test's files, and how it is deleted. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'twofold-cli-'));
  return { file: (name: string) => join(path, name), path, remove: () => rmSync(path, { recursive: true }) };
}
