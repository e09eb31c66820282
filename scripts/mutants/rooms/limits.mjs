const guessing = ['packages/api/test/threats/guessing.test.ts'];
const passwords = ['packages/api/test/threats/guessing-passwords.test.ts'];

/** @type {import('../patch.mjs').Mutant[]} */
export const limits = [
  {
    guard: 'A lock is looked at before anything is compared.',
    file: 'packages/core/src/limits/lock-attempts.ts',
    find: "if (retryAt !== null) return fail('TOO_MANY_ATTEMPTS', { retryAt });",
    replace: "if (retryAt === 0) return fail('TOO_MANY_ATTEMPTS', { retryAt });",
    tests: guessing,
  },
  {
    guard: 'A wrong code counts as a failure.',
    file: 'packages/core/src/sign-in/verify-two-factor-code.ts',
    find: 'await attempts.value.failed();',
    replace: '',
    tests: guessing,
  },
  {
    guard: 'A wrong password counts as a failure, in every operation that takes one.',
    file: 'packages/core/src/session/count-password-attempt.ts',
    find: 'await counter.value.failed();',
    replace: '',
    tests: passwords,
  },
  {
    guard: 'Ten failures in a row lock, and not more.',
    file: 'packages/core/src/limits/attempt-limit.ts',
    find: 'secondFactorPolicy: AttemptPolicy = { failures: 10,',
    replace: 'secondFactorPolicy: AttemptPolicy = { failures: 11,',
    tests: guessing,
  },
  {
    guard: 'Each lock is twice as long as the one before.',
    file: 'packages/core/src/limits/attempt-limit.ts',
    find: 'policy.firstLock * 2 ** locks',
    replace: 'policy.firstLock',
    tests: ['packages/core/src/limits/attempt-limit.test.ts'],
  },
  {
    guard: 'A success does not forget earlier locks.',
    file: 'packages/core/src/limits/attempt-limit.ts',
    find: 'return before && before.locks > 0 ?',
    replace: 'return before && before.locks < 0 ?',
    tests: ['packages/core/src/limits/attempt-limit.test.ts', ...guessing],
  },
  {
    guard: 'Counters are kept until their failures are forgotten: the purge lifts no lock.',
    file: 'packages/core/src/limits/lock-attempts.ts',
    find: 'await limits.save(counted, after, forgottenAt(after));',
    replace: 'await limits.save(counted, after, now);',
    tests: guessing,
  },
  {
    guard:
      'On MariaDB the counter’s row is locked while an attempt is settled (SQLite locks by its transaction).',
    file: 'packages/api/src/store/limits/limit.store.ts',
    find: "await (sql.dialect === 'sqlite' ? read : lockRows)(sql, sorted)",
    replace: 'await read(sql, sorted)',
    tests: ['packages/api/test/databases/stores.test.ts', ...guessing],
  },
  {
    guard: 'A counter that is taken is written, so that two nodes of a cluster collide over it.',
    file: 'packages/api/src/store/limits/limit.store.ts',
    find: 'ON DUPLICATE KEY UPDATE expires_at = expires_at + 1',
    replace: 'ON DUPLICATE KEY UPDATE expires_at = expires_at',
    tests: ['packages/api/test/databases/transaction.test.ts'],
  },
  {
    guard: 'A counter is locked inside of a transaction alone.',
    file: 'packages/api/src/store/limits/limit.store.ts',
    find: "if (!isInsideTransaction()) throw new Error('A lock",
    replace: "if (keys[0] === '') throw new Error('A lock",
    tests: ['packages/api/test/databases/stores.test.ts'],
  },
  {
    guard: 'Five wrong codes end a set-up.',
    file: 'packages/api/src/store/two-factor/setup.store.ts',
    find: ' AND wrong_codes < ${WRONG_CODES_A_SETUP}',
    replace: '',
    tests: guessing,
  },
  {
    guard: 'Twenty wrong set-up codes a day lock an account’s set-ups.',
    file: 'packages/core/src/two-factor/prove-setup.ts',
    find: "if (retryAt !== null) return fail('TOO_MANY_ATTEMPTS', { retryAt });",
    replace: '',
    tests: guessing,
  },
  {
    guard: 'An address with 300 failed passwords in five minutes is refused.',
    file: 'packages/core/src/sign-in/sign-in.ts',
    find: 'if (blockedUntil === null) return takenBackUnlessWrong',
    replace: 'if (blockedUntil !== 0) return takenBackUnlessWrong',
    tests: passwords,
  },
  {
    guard:
      'An attempt counts for its address before the password is compared, so that a burst compares no more.',
    file: 'packages/api/src/adapters/address-limit.ts',
    find: 'if (count.consumedPoints <= counting.most) return null;',
    replace: 'if (count.consumedPoints > 0) return null;',
    tests: ['packages/api/src/adapters/address-limit.test.ts', ...passwords],
  },
  {
    guard: 'A wrong password stays counted for its address.',
    file: 'packages/core/src/sign-in/sign-in.ts',
    find: 'if (!wrong) await',
    replace: 'await',
    tests: passwords,
  },
  {
    guard: 'All addresses of one IPv6 network count as one.',
    file: 'packages/api/src/adapters/address-limit.ts',
    find: '.slice(0, 4)',
    replace: '.slice(0, 8)',
    tests: ['packages/api/src/adapters/address-limit.test.ts'],
  },
  {
    guard: 'An attempt that is given back late frees none beyond the 300.',
    file: 'packages/api/src/adapters/address-limit.ts',
    find: 'if (count.consumedPoints < 0) await',
    replace: 'if (count.consumedPoints < -1_000_000) await',
    tests: ['packages/api/src/adapters/address-limit.test.ts'],
  },
  {
    guard: 'X-Forwarded-For is believed from listed proxies alone.',
    file: 'packages/api/src/http/server.ts',
    find: 'deps.trustedProxies.length > 0 ? [...deps.trustedProxies] : false',
    replace: 'true',
    tests: passwords,
  },
  {
    guard: 'Passwords that wait to be hashed are bounded.',
    file: 'packages/api/src/adapters/passwords/bounded-queue.ts',
    find: 'if (queue.length >= longest) throw tooBusy();',
    replace: 'if (queue.length < 0) throw tooBusy();',
    tests: [
      'packages/api/src/adapters/passwords/argon2-hasher.test.ts',
      'packages/api/test/threats/overload.test.ts',
    ],
  },
  {
    guard: 'Whose password cannot be hashed now is refused before anything is read for it.',
    file: 'packages/api/src/adapters/passwords/bounded-queue.ts',
    find: 'if (places >= atOnce + longest) throw tooBusy();',
    replace: '',
    tests: [
      'packages/api/src/adapters/passwords/bounded-queue.test.ts',
      'packages/api/test/threats/overload.test.ts',
    ],
  },
];
