import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import type { Hasher } from '@twofold/core/ports';
import { createBoundedQueue } from './bounded-queue.js';

export interface Argon2Options {
  /** How many hashes run at once. Each takes a core and 20 MiB; one core is left to the rest of the server. */
  readonly atOnce?: number;
  /** How many may wait behind them. */
  readonly waiting?: number;
}

export interface Argon2Hasher extends Hasher {
  /** How many wait for their turn. */
  waiting(): number;
}

/** Argon2id, the default of the library; `memoryCost` in KiB. OWASP's second recommended set, and a little more memory. */
const parameters = { memoryCost: 20_480, timeCost: 2, parallelism: 1 };

/**
 * Argon2id (RFC 9106). Passwords are compared in NFKC (NIST SP 800-63B, 3.1.1.2), so that one typed on another keyboard
 * is the same. Rejects with TooBusy where the queue is full.
 */
export function createArgon2Hasher(options: Argon2Options = {}): Argon2Hasher {
  const { atOnce = Math.max(1, availableParallelism() - 1), waiting = 256 } = options;
  const { withPlace, inTurn, waiting: inQueue } = createBoundedQueue(atOnce, waiting);
  // An unknown account is compared with a hash of the same cost, which no password opens.
  const nobodysHash = decoy();

  return {
    waiting: inQueue,
    withPlace,
    hash: (password) => inTurn(() => hash(password.normalize('NFKC'), parameters)),
    async verify(password, expected) {
      const matches = await inTurn(() => verify(expected ?? nobodysHash, password.normalize('NFKC')));
      return matches && expected !== null;
    },
  };
}

/** A hash in the form of the others (PHC string format) that was never made of a password. */
function decoy(): string {
  const { memoryCost, timeCost, parallelism } = parameters;
  const part = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${part(16)}$${part(32)}`;
}
