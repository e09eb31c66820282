import type { Digest } from '../ports.js';

/** Which counter an attempt is judged by, and which one all attempts of the account hold meanwhile. */
export interface AttemptKeys {
  readonly account: string;
  readonly counted: string;
}

/** The names of the exact counters. What could be guessed from a dump is a keyed digest in them.
 *  `browserId`: failures in a browser that is known to the account are counted apart; null for all others together. */
export const limitKeys = {
  /** Failed codes over text and app, all challenges and sessions. */
  secondFactor: (userId: string, browserId: string | null) =>
    attemptKeys(`second-factor:${userId}`, browserId),
  recoveryCode: (userId: string, browserId: string | null) =>
    attemptKeys(`recovery-code:${userId}`, browserId),
  password: (digest: Digest, email: string, browserId: string | null) =>
    attemptKeys(`password:${digest.keyed(email, 'limit:email')}`, browserId),
  /** Part of the name of a budget of mails. */
  address: (digest: Digest, email: string) => digest.keyed(email, 'limit:email'),
  setupCode: (userId: string) => `setup-code:${userId}`,
};

function attemptKeys(account: string, browserId: string | null): AttemptKeys {
  return { account, counted: browserId === null ? account : `${account}:${browserId}` };
}
