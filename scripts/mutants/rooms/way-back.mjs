const test = 'packages/api/test/way-back/way-back.test.ts';

/** @type {import('../patch.mjs').Mutant[]} */
export const wayBack = [
  {
    guard: 'The link "this wasn\'t me" is used once.',
    file: 'packages/core/src/way-back/report-not-me.ts',
    find: "if (!(await deps.links.take(found.id))) return fail('LINK_EXPIRED');",
    replace: 'await deps.links.take(found.id);',
    tests: [test],
  },
  {
    guard: 'It ends every session and every sign-in under way.',
    file: 'packages/core/src/way-back/report-not-me.ts',
    find: 'await endAccess(deps, user.id)',
    replace: '{ endedSessions: 0 }',
    tests: [test],
  },
  {
    guard: 'After it the old password opens nothing.',
    file: 'packages/core/src/sign-in/sign-in.ts',
    find: "if (current.passwordResetDue) return fail('PASSWORD_RESET_DUE');",
    replace: '',
    tests: [test],
  },
  {
    guard: 'A sign-in that is being settled at the moment of the report leaves no session (on MariaDB).',
    file: 'packages/core/src/way-back/report-not-me.ts',
    find: 'await deps.limits.lock([limitKeys.password(deps.digest, user.email, null).account]);',
    replace: '',
    tests: [test],
  },
  {
    guard: 'What ends the access to an account ends the links by which it could change hands.',
    file: 'packages/core/src/users/deactivate-user.ts',
    find: 'await endAccountLinks(deps.links, userId);',
    replace: '',
    tests: [test],
  },
  {
    guard: 'Nobody changes a factor while the report counts.',
    file: 'packages/core/src/way-back/unless-frozen.ts',
    find: 'if (retryAt === null) return',
    replace: 'if (retryAt !== 0) return',
    tests: [test],
  },
];
