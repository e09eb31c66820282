import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '@twofold/core/ports';
import { v7 } from 'uuid';

const TOKEN_BYTES = 32;

/** Node's cryptographically secure generator. */
export const nodeRandom: Random = {
  id: () => v7(),
  token: () => randomBytes(TOKEN_BYTES).toString('base64url'),
  // randomInt throws away what would make some digits likelier than others.
  digits: (length) => Array.from({ length }, () => randomInt(10)).join(''),
  bytes: (length) => new Uint8Array(randomBytes(length)),
};
