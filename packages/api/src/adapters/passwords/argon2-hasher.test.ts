import { describe, expect, it } from 'vitest';
import { createArgon2Hasher } from './argon2-hasher.js';
import { TooBusy } from './bounded-queue.js';

const hasher = createArgon2Hasher();
const password = 'a long enough password';

describe('a hashed password', () => {
  it('has the parameters of the contract', async () => {
    expect(await hasher.hash(password)).toMatch(/^\$argon2id\$v=19\$m=20480,t=2,p=1\$/);
  });

  it('matches, and another one does not', async () => {
    const hash = await hasher.hash(password);
    expect(await hasher.verify(password, hash)).toBe(true);
    expect(await hasher.verify(`${password} `, hash)).toBe(false);
    expect(await hasher.verify('', hash)).toBe(false);
  });

  it('is salted', async () => {
    expect(await hasher.hash(password)).not.toBe(await hasher.hash(password));
  });

  it('matches in whichever way its characters were composed', async () => {
    const hash = await hasher.hash('pässword ﬁne １２３');
    expect(await hasher.verify('pa\u0308ssword fine 123', hash)).toBe(true);
  });

  it('counts to the last of 1,024 characters', async () => {
    const hash = await hasher.hash('x'.repeat(1_024));
    expect(await hasher.verify('x'.repeat(1_023), hash)).toBe(false);
  });
});

describe('threat: the time of an answer tells whether an account exists', () => {
  it('answers false for no hash, after the work of a hash', async () => {
    const hash = await hasher.hash(password);
    const time = async (expected: string | null) => {
      const times: number[] = [];
      for (let i = 0; i < 7; i += 1) {
        const began = performance.now();
        expect(await hasher.verify('wrong password here', expected)).toBe(false);
        times.push(performance.now() - began);
      }
      // The fastest: what else the machine does only ever adds.
      return Math.min(...times);
    };
    const known = await time(hash);
    const unknown = await time(null);
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  });

  it('takes no password for an unknown account, not even an empty one', async () => {
    expect(await hasher.verify('', null)).toBe(false);
  });
});

describe('threat: a burst of sign-ins takes the server down', () => {
  it('serves those that wait in their turn', async () => {
    const one = createArgon2Hasher({ atOnce: 1 });
    const ended: number[] = [];
    await Promise.all([1, 2, 3, 4].map(async (n) => (await one.hash(`${password} ${n}`), ended.push(n))));
    expect(ended).toEqual([1, 2, 3, 4]);
  });

  it('turns away what the queue cannot hold, and serves again afterwards', async () => {
    const small = createArgon2Hasher({ atOnce: 1, waiting: 2 });
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => small.hash(password)));
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(results.at(-1)).toMatchObject({ reason: expect.any(TooBusy) });
    expect(await small.hash(password)).toContain('argon2id');
  });

  it('goes on after a hash that cannot be read', async () => {
    const one = createArgon2Hasher({ atOnce: 1, waiting: 0 });
    await expect(one.verify(password, 'no hash')).rejects.toThrow();
    expect(await one.hash(password)).toContain('argon2id');
  });
});
