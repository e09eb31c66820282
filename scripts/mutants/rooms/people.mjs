const invitations = 'packages/api/test/people/invitations.test.ts';
const passwords = 'packages/api/test/people/passwords.test.ts';
const email = 'packages/api/test/people/email.test.ts';

/** @type {import('../patch.mjs').Mutant[]} */
export const people = [
  {
    guard: 'A mailed link is used once, however many use it at once.',
    file: 'packages/api/src/store/links/link.store.ts',
    find: "return (await sql.run('DELETE FROM links WHERE id = ?', [id])) === 1;",
    replace: "await sql.run('DELETE FROM links WHERE id = ?', [id]);\n      return true;",
    tests: ['packages/api/test/databases/stores.test.ts'],
  },
  {
    guard: 'A link that has run out is dead, and one for something else.',
    file: 'packages/api/src/store/links/link.store.ts',
    find: 'WHERE token_hash = ? AND purpose = ? AND expires_at > ?',
    replace: "WHERE token_hash = ? AND ? <> '' AND ? > 0",
    tests: ['packages/api/test/databases/stores.test.ts'],
  },
  {
    guard: 'An administrator invites no owner.',
    file: 'packages/core/src/invitations/invitation.ts',
    find: "return own === 'OWNER' || (own === 'ADMIN' && role !== 'OWNER');",
    replace: "return own === 'OWNER' || (own === 'ADMIN' && role !== undefined);",
    tests: [invitations],
  },
  {
    guard: 'Inviting takes the confirmed password.',
    file: 'packages/core/src/invitations/invite-user.ts',
    find: "if (!passwordIsConfirmed(session, now)) return fail('REAUTHENTICATION_REQUIRED');",
    replace: '',
    tests: [invitations],
  },
  {
    guard: 'A reset ends every session.',
    file: 'packages/core/src/passwords/password-link.ts',
    find: 'return endAccess(deps, id);',
    replace: 'return { endedSessions: 0 };',
    tests: [passwords],
  },
  {
    guard: 'An older link of a forgotten password is dead.',
    file: 'packages/core/src/passwords/request-password-reset.ts',
    find: "await deps.links.endAll(user?.id ?? link.id, 'PASSWORD_RESET');",
    replace: '',
    tests: [passwords],
  },
  {
    guard: 'A change of email takes the confirmed password.',
    file: 'packages/core/src/email/request-email-change.ts',
    find: "if (!passwordIsConfirmed(session, now)) return fail('REAUTHENTICATION_REQUIRED');",
    replace: '',
    tests: [email],
  },
];
