const policies = ['packages/api/test/policy/policy.test.ts'];
const inForce = ['packages/api/test/policy/in-force.test.ts'];
const reminders = ['packages/api/test/policy/reminders.test.ts'];

/** @type {import('../patch.mjs').Mutant[]} */
export const policy = [
  {
    guard: 'From its deadline on a policy is in force, also for sessions that are open.',
    file: 'packages/core/src/policy/policy.ts',
    find: 'return requiredFrom === null || now >= requiredFrom;',
    replace: 'return requiredFrom === null && now > 0;',
    tests: inForce,
  },
  {
    guard: 'Before its deadline a policy binds nobody.',
    file: 'packages/core/src/policy/policy.ts',
    find: 'return requiredFrom === null || now >= requiredFrom;',
    replace: 'return requiredFrom === null || now > 0;',
    tests: inForce,
  },
  {
    guard: 'Who holds only a method that is ruled out is unprotected.',
    file: 'packages/core/src/policy/policy.ts',
    find: '.some((method) => allows(user, method));',
    replace: '.some((method) => method.length > 0);',
    tests: inForce,
  },
  {
    guard: 'A method that is ruled out is not offered at sign-in beside one that is allowed.',
    file: 'packages/core/src/sign-in/sign-in.ts',
    find: 'usableOf(twoFactor, user.organization, now)',
    replace: 'usableOf(twoFactor, { ...user.organization, allowedMethods: null }, now)',
    tests: inForce,
  },
  {
    guard: 'Nor is a code sent to a phone then.',
    file: 'packages/core/src/sign-in/send-sign-in-code.ts',
    find: 'usableOf(twoFactor, user.organization, now).factors',
    replace: 'usableOf(twoFactor, { ...user.organization, allowedMethods: null }, now).factors',
    tests: inForce,
  },
  {
    guard: 'A code by a method that is ruled out does not do beside one that is allowed.',
    file: 'packages/core/src/sign-in/verify-two-factor-code.ts',
    find: 'usableOf(held, user.organization, now)',
    replace: 'usableOf(held, { ...user.organization, allowedMethods: null }, now)',
    tests: inForce,
  },
  {
    guard: 'A member changes no policy.',
    file: 'packages/core/src/policy/check-policy.ts',
    find: "return viewer.role !== 'MEMBER';",
    replace: 'return viewer.role.length > 0;',
    tests: policies,
  },
  {
    guard: 'The policy is changed behind the confirmed password.',
    file: 'packages/core/src/policy/update-policy.ts',
    find: 'if (!passwordIsConfirmed(session, deps.clock.now()))',
    replace: 'if (session.passwordConfirmedUntil === 0)',
    tests: policies,
  },
  {
    guard: 'Of two that change the policy at once, one does.',
    file: 'packages/api/src/store/policy/policy.store.ts',
    find: 'AND policy_version = ?`',
    replace: 'AND ? IS NOT NULL`',
    tests: policies,
  },
  {
    guard: 'Nobody demands at once what they do not have themselves.',
    file: 'packages/core/src/policy/check-policy.ts',
    find: "return isProtected ? null : fail('POLICY_LOCKS_OUT', { field: 'requiredFrom' });",
    replace: "return isProtected || held.length === 0 ? null : fail('POLICY_LOCKS_OUT');",
    tests: policies,
  },
  {
    guard: 'One method at least is allowed.',
    file: 'packages/core/src/policy/check-policy.ts',
    find: 'if (policy.allowedMethods?.length === 0)',
    replace: 'if (policy.allowedMethods?.length === -1)',
    tests: policies,
  },
  {
    guard: 'A deadline is within a year.',
    file: 'packages/core/src/policy/check-policy.ts',
    find: 'requiredFrom > now + LATEST_DEADLINE',
    replace: 'requiredFrom > now + 9 * LATEST_DEADLINE',
    tests: policies,
  },
  {
    guard: 'A rehearsal counts nobody of another organisation.',
    file: 'packages/api/src/store/policy/policy.store.ts',
    find: 'WHERE u.organization_id = ? AND u.disabled_at IS NULL`',
    replace: 'WHERE ? IS NOT NULL AND u.disabled_at IS NULL`',
    tests: policies,
  },
  {
    guard: 'Of several processes one sends each reminder.',
    file: 'packages/api/src/store/policy/policy.store.ts',
    find: 'return claimed === 1;',
    replace: 'return claimed >= 0;',
    tests: reminders,
  },
  {
    guard: 'Who is disabled is told nothing.',
    file: 'packages/api/src/store/policy/policy.store.ts',
    find: 'AND u.email > ? AND u.disabled_at IS NULL',
    replace: 'AND u.email > ?',
    tests: reminders,
  },
];
