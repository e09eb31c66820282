import { createHash, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** `out`: a hash that costs nothing, so that the software shows. `in`: what the product uses, for everybody. */
export type Hashing = 'out' | 'in';

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string | null): Promise<boolean>;
  /** There is always one: what the bench asks for at once, no queue turns away. */
  withPlace<T>(work: () => Promise<T>): Promise<T>;
}

/** m=20 MiB, t=2, p=1, as the contract has it. */
const parameters = { memoryCost: 20_480, timeCost: 2, parallelism: 1 };

export function passwordHasher(hashing: Hashing): PasswordHasher {
  return hashing === 'out' ? trivial : argon2id;
}

const argon2id: PasswordHasher = {
  hash: (password) => hash(password.normalize('NFKC'), parameters),
  withPlace: (work) => work(),
  verify: async (password, expected) =>
    expected !== null && (await verify(expected, password.normalize('NFKC'))),
};

/** One round of SHA-256: no protection at all, and some microseconds. */
const trivial: PasswordHasher = {
  hash: async (password) => digest(password).toString('hex'),
  withPlace: (work) => work(),
  async verify(password, expected) {
    const known = Buffer.from(expected ?? '', 'hex');
    const given = digest(password);
    return known.length === given.length && timingSafeEqual(known, given);
  },
};

function digest(password: string): Buffer {
  return createHash('sha256').update(password.normalize('NFKC')).digest();
}
