import { fileURLToPath } from 'node:url';

const placeOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Of the repository, seen from the built bench. */
export const root = placeOf('../../../../');

/** What is started. All of it is built: the bench measures what `npm start` runs. */
export const scripts = {
  product: placeOf('../../../api/dist/server.js'),
  twofold: placeOf('./twofold/server.js'),
  floor: placeOf('./floor/server.js'),
  betterAuth: placeOf('../../peers/better-auth/server.mjs'),
  betterAuthSeed: placeOf('../../peers/better-auth/seed.mjs'),
  accounts: placeOf('../../peers/accounts/server.mjs'),
  accountsSeed: placeOf('../../peers/accounts/seed.mjs'),
};
