import type { Digest } from '../ports.js';

/** The names of the exact counters. What could be guessed from a dump is a keyed digest in them. */
export const limitKeys = {
  /** Failed codes over text and app, all challenges and sessions. */
  secondFactor: (userId: string) => `second-factor:${userId}`,
  recoveryCode: (userId: string) => `recovery-code:${userId}`,
  password: (digest: Digest, email: string) => `password:${digest.keyed(email, 'limit:email')}`,
  setupCode: (userId: string) => `setup-code:${userId}`,
};
