const user = ['packages/api/test/cli/user.test.ts'];
const drill = ['packages/api/test/cli/restore-drill.test.ts'];

/** @type {import('../patch.mjs').Mutant[]} */
export const operators = [
  {
    guard: 'An operator gives no account a password that its user could not choose.',
    file: 'packages/core/src/users/create-user.ts',
    find: 'if (password !== null && !(await isAcceptablePassword(deps.strength, password, user)))',
    replace: "if (password === '')",
    tests: user,
  },
  {
    guard: 'An email belongs to one account, also where an operator makes it.',
    file: 'packages/core/src/users/create-user.ts',
    find: "if (await deps.users.credentialsByEmail(user.email)) return 'EMAIL_TAKEN';",
    replace: '',
    tests: user,
  },
  {
    guard: 'A user who is deactivated is out: nobody signs in.',
    file: 'packages/core/src/users/deactivate-user.ts',
    find: 'await deps.users.setDisabledAt(user.id, deps.clock.now());',
    replace: '',
    tests: user,
  },
  {
    guard: 'A session that was left behind does not come back with a user who is reactivated.',
    file: 'packages/core/src/users/reactivate-user.ts',
    find: 'const ended = await endAccess(deps, user.id);',
    replace: 'const ended = { endedSessions: 0 };',
    tests: user,
  },
  {
    guard: 'A reset of two-factor ends every session and all that is pending.',
    file: 'packages/core/src/two-factor/reset-two-factor.ts',
    find: 'return ok(await endAccess(deps, user.id));',
    replace: 'return ok({ endedSessions: 0 });',
    tests: user,
  },
  {
    guard: 'What an operator did to an account is a line of the audit log.',
    file: 'packages/core/src/users/deactivate-user.ts',
    find: "await deps.audit.record({ ...attemptOn(user, 'DEACTIVATE_USER'), outcome: 'DONE' });",
    replace: '',
    tests: user,
  },
  {
    guard: 'What is written for an operator is readable by its owner alone.',
    file: 'packages/api/src/cli/new-file.ts',
    find: 'mode: 0o600',
    replace: 'mode: 0o644',
    tests: ['packages/api/test/cli/audit-export.test.ts', ...drill],
  },
  {
    guard: 'No file that is there is overwritten.',
    file: 'packages/api/src/cli/new-file.ts',
    find: 'if (existsSync(file)) throw',
    replace: "if (file === '') throw",
    also: [
      {
        file: 'packages/api/src/cli/new-file.ts',
        find: '    linkSync(draft, file);',
        replace: '    renameSync(draft, file);',
      },
    ],
    tests: ['packages/api/test/cli/backup.test.ts', 'packages/api/test/cli/audit-export.test.ts'],
  },
];
