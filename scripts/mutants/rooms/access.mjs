const users = ['packages/api/test/article/users.test.ts'];
const matrix = ['packages/api/test/matrix/matrix.test.ts'];
const auditLog = ['packages/api/test/audit/audit-log.test.ts'];
const badInput = ['packages/api/test/threats/bad-input.test.ts'];

/** @type {import('../patch.mjs').Mutant[]} */
export const access = [
  {
    guard: 'A user of another organisation is not found by id.',
    file: 'packages/api/src/store/users/user.store.ts',
    find: 'WHERE u.id = ? AND u.organization_id = ?',
    replace: 'WHERE u.id = ? AND ? IS NOT NULL',
    tests: users,
  },
  {
    guard: 'Users of another organisation are not listed.',
    file: 'packages/api/src/store/users/users-search.ts',
    find: "'u.organization_id = ?'",
    replace: "'? IS NOT NULL'",
    tests: users,
  },
  {
    guard: 'Who is protected, a member may not filter by.',
    file: 'packages/core/src/users/list-users.ts',
    find: "if (input.twoFactorEnabled !== null && viewer.role === 'MEMBER') {",
    replace: "if (input.twoFactorEnabled !== null && viewer.id === '') {",
    tests: [...users, ...matrix],
  },
  {
    guard: 'Whether a colleague is protected, a member does not see.',
    file: 'packages/core/src/users/user.ts',
    find: "return viewer.role !== 'MEMBER' || viewer.id === userId;",
    replace: "return viewer.id !== '' && userId !== '';",
    tests: [...users, ...matrix],
  },
  {
    guard: 'Which method a colleague uses, nobody sees.',
    file: 'packages/api/src/graph/users/user.type.ts',
    find: 'return viewer?.id === user.id ? user.twoFactorMethod : null;',
    replace: 'return viewer ? user.twoFactorMethod : null;',
    tests: matrix,
  },
  {
    guard: 'A member sees the own audit lines alone.',
    file: 'packages/core/src/audit/list-audit-events.ts',
    find: "if (userId !== viewer.id && viewer.role === 'MEMBER') {",
    replace: "if (userId !== viewer.id && viewer.id === '') {",
    tests: auditLog,
  },
  {
    guard: 'An administrator sees no audit line of another organisation.',
    file: 'packages/api/src/store/audit/audit.store.ts',
    find: "const where = ['organization_id = ?'];",
    replace: "const where = ['? IS NOT NULL'];",
    tests: auditLog,
  },
  {
    guard: 'A page holds 100 users at most.',
    file: 'packages/core/src/users/list-users.ts',
    find: 'input.first > 100',
    replace: 'input.first > 100_000',
    tests: badInput,
  },
  {
    guard: 'A page holds 100 audit lines at most.',
    file: 'packages/core/src/audit/list-audit-events.ts',
    find: 'query.first > 100',
    replace: 'query.first > 100_000',
    tests: auditLog,
  },
  {
    guard: 'A cursor is good for its own order alone.',
    file: 'packages/api/src/graph/users/cursor.ts',
    find: 'field !== order.field || direction !== order.direction ||',
    replace: '',
    tests: badInput,
  },
  {
    guard: 'A cursor that is not ours is a mistake of the caller, and reaches no statement.',
    file: 'packages/api/src/graph/users/cursor.ts',
    find: ": typeof value !== 'string') throw notOurs();",
    replace: ": id === '') throw notOurs();",
    tests: badInput,
  },
];
