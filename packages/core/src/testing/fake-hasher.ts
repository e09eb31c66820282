import type { Hasher } from '../ports.js';

export interface FakeHasher extends Hasher {
  /** How often a password was compared: with an account that does not exist, too. */
  verifications(): number;
}

/** Costs nothing. A hash does not hold the password's text, so that a test can look for leaks. */
export function fakeHasher(): FakeHasher {
  let verifications = 0;
  return {
    withPlace: (work) => work(),
    hash: (password) => Promise.resolve(hashOf(password)),
    verify(password, hash) {
      verifications += 1;
      return Promise.resolve(hash !== null && hash === hashOf(password));
    },
    verifications: () => verifications,
  };
}

function hashOf(password: string): string {
  const units = [...password.normalize('NFKC')].map((unit) => (unit.codePointAt(0) ?? 0).toString(36));
  return `fake$${units.join('-')}`;
}
