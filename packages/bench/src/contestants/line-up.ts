import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { seed } from '../database/seed.js';
import type { Hashing } from '../hashing.js';
import { passwordHasher } from '../hashing.js';
import { PASSWORD } from '../people.js';
import { base32 } from '../totp.js';
import { accountsDialect } from './accounts/dialect.js';
import { betterAuthDialect } from './better-auth/dialect.js';
import type { Contestant } from './contestant.js';
import { keysOf } from './floor/keys.js';
import { root, scripts } from './places.js';
import type { Program } from './server-process.js';
import { startServer } from './server-process.js';
import { floorEncoding, graphqlEncoding, twofoldDialect } from './twofold/dialect.js';
import { anyTexts, knownTexts } from './twofold/documents.js';
import { watchLog } from './twofold/watch-log.js';

export interface LineUp {
  readonly contestants: readonly Contestant[];
  /** The programs as they start in earnest, by the same databases: for the cold start. */
  readonly programs: Readonly<Record<'floor' | 'known' | 'better-auth' | 'accounts', Program>>;
  stop(): Promise<void>;
}

export interface Setting {
  /** An empty folder for the databases. */
  readonly folder: string;
  readonly users: number;
  readonly hashing: Hashing;
  readonly pin: readonly string[];
}

/** Fills a database for each contestant with the same people, and starts all servers. They stand still. */
export async function lineUp(setting: Setting): Promise<LineUp> {
  const { folder, users, hashing, pin } = setting;
  mkdirSync(folder, { recursive: true });
  const key = `bench-1:${randomBytes(32).toString('base64')}`;
  const file = (name: string) => join(folder, `${name}.sqlite`);
  const environment = (name: string): Record<string, string> => ({
    BENCH_DATABASE: file(name),
    BENCH_HASHING: hashing,
    BENCH_KEY: key,
    BENCH_USERS: String(users),
    NODE_ENV: 'production',
  });
  const product = {
    ...{ BENCH_HASHING: hashing, ENCRYPTION_KEYS: key, DEMO_SEED: 'off' },
    DATABASE_URL: `sqlite:${file('twofold')}`,
  };
  const programs = {
    floor: { script: scripts.floor, environment: environment('floor'), pin },
    known: { script: scripts.product, environment: product, pin },
    'better-auth': { script: scripts.betterAuth, environment: environment('better-auth'), pin },
    accounts: { script: scripts.accounts, environment: environment('accounts'), pin },
  };

  await makeProductDatabase({ ...programs.known, script: scripts.twofold }, setting, file, key);
  run(scripts.betterAuthSeed, programs['better-auth'].environment);
  run(scripts.accountsSeed, programs.accounts.environment);
  const floor = await startServer(programs.floor);
  const twofold = await startServer({ ...programs.known, script: scripts.twofold });
  const betterAuth = await startServer(programs['better-auth']);
  const accounts = await startServer(programs.accounts);
  const servers = [floor, twofold, betterAuth, accounts];
  for (const server of servers) server.pause();

  const logs = { floor: watchLog(file('floor')), twofold: watchLog(file('twofold')) };
  const own = { hasClock: true, codeKey: (secret: Buffer) => secret };
  const peer = { hasClock: false, settled: () => Promise.resolve() };
  // better-auth takes the text of a secret for the key itself.
  const asText = (secret: Buffer) => Buffer.from(base32(secret));
  const known = twofoldDialect(
    graphqlEncoding(knownTexts),
    users,
    knownTexts.UsersWithoutTotal !== undefined,
  );
  return {
    programs,
    contestants: [
      {
        ...own,
        id: 'floor',
        server: floor,
        dialect: twofoldDialect(floorEncoding, users, true),
        settled: logs.floor.sealed,
      },
      { ...own, id: 'known', server: twofold, dialect: known, settled: logs.twofold.sealed },
      {
        ...own,
        id: 'any',
        server: twofold,
        dialect: twofoldDialect(graphqlEncoding(anyTexts), users, true),
        settled: logs.twofold.sealed,
      },
      { ...peer, id: 'better-auth', server: betterAuth, dialect: betterAuthDialect(users), codeKey: asText },
      { ...peer, id: 'accounts', server: accounts, dialect: accountsDialect(), codeKey: own.codeKey },
    ],
    async stop() {
      for (const log of Object.values(logs)) log.close();
      for (const server of servers) await server.stop();
    },
  };
}

/** The product migrates its file, the bench fills it, and the floor gets a copy. */
async function makeProductDatabase(
  program: Program,
  { users, hashing }: Setting,
  file: (name: string) => string,
  key: string,
): Promise<void> {
  const migrating = await startServer(program);
  await migrating.stop();
  const passwordHash = await passwordHasher(hashing).hash(PASSWORD);
  seed({ file: file('twofold'), users, passwordHash, keys: keysOf(key), now: Date.now() });
  copyFileSync(file('twofold'), file('floor'));
}

function run(script: string, environment: Readonly<Record<string, string>>): void {
  const { status, stderr } = spawnSync(process.execPath, [script], {
    cwd: root,
    env: { ...environment, PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
}
