import { betterAuth } from 'better-auth';
import { admin, twoFactor } from 'better-auth/plugins';
import Database from '@twofold/sqlite';
import { passwordHasher } from '../../dist/hashing.js';

const hasher = passwordHasher(process.env.BENCH_HASHING);

/** The same durability as the others. */
export const database = new Database(process.env.BENCH_DATABASE);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');

/** As its documentation sets it up, with the hash that all contestants have, and without the limit by address. */
export const options = {
  appName: 'Bench Signage',
  baseURL: 'http://bench.example',
  secret: process.env.BENCH_KEY,
  database,
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => hasher.hash(password),
      verify: ({ hash, password }) => hasher.verify(password, hash),
    },
  },
  plugins: [twoFactor(), admin()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
};

export const auth = betterAuth(options);
