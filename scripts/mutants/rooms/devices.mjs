const useTrust = 'packages/core/src/trusted-browsers/use-trust.ts';
const trusted = 'packages/core/src/trusted-browsers/trusted-browser.ts';
const trust = [
  'packages/api/test/devices/trusted-browsers.test.ts',
  'packages/api/test/devices/trusted-browser-threats.test.ts',
];
const unit = ['packages/core/src/trusted-browsers/use-trust.test.ts'];
const sessions = ['packages/api/test/devices/sessions.test.ts'];
const mails = ['packages/api/test/devices/new-browser.test.ts'];
const endings = ['packages/api/test/matrix/endings.test.ts'];

/** @type {import('../patch.mjs').Mutant[]} */
export const devices = [
  {
    guard: 'Only the secret that the browser was given is trusted.',
    file: trusted,
    find: "return presentedHash === previousHash && now < rotatedAt + ROTATION_GRACE ? 'BEFORE' : 'OLD';",
    replace: "return now < rotatedAt + ROTATION_GRACE * 1e6 ? 'BEFORE' : 'OLD';",
    tests: trust,
  },
  {
    guard: 'The secret before counts for a minute and no longer.',
    file: trusted,
    find: 'presentedHash === previousHash && now < rotatedAt + ROTATION_GRACE',
    replace: 'presentedHash === previousHash',
    tests: trust,
  },
  {
    guard: 'The secret changes with each use.',
    file: useTrust,
    find: "age === 'NEWEST' && now >= kept.rotatedAt + ROTATION_GRACE",
    replace: "age === 'NEWEST' && now < 0",
    tests: trust,
  },
  {
    guard: 'Requests on their way together do not change it twice.',
    file: useTrust,
    find: "age === 'NEWEST' && now >= kept.rotatedAt + ROTATION_GRACE",
    replace: "age === 'NEWEST'",
    tests: unit,
  },
  {
    guard: 'What the organisation allows is asked at each use.',
    file: useTrust,
    find: 'secret === null || !user.organization.trustedBrowsersAllowed',
    replace: 'secret === null',
    tests: trust,
  },
  {
    guard: 'Trust runs out.',
    file: useTrust,
    find: 'kept.expiresAt <= now || ',
    replace: '',
    tests: trust,
  },
  {
    guard: 'Trust is younger than the password and the second factor.',
    file: useTrust,
    find: ' || kept.createdAt < trustedSince(passwordSetAt, twoFactor)',
    replace: '',
    tests: trust,
  },
  {
    guard: 'A use is written where the trust is still there, and else skips nothing.',
    file: useTrust,
    find: 'if (!(await deps.trustedBrowsers.use(kept.tokenHash, used))) return notTrusted;',
    replace: 'await deps.trustedBrowsers.use(kept.tokenHash, used);',
    tests: unit,
  },
  {
    guard: 'An old copy ends the trust.',
    file: useTrust,
    find: 'copied: await deps.trustedBrowsers.end(user.id, kept.id)',
    replace: 'copied: kept.id !== user.id',
    tests: trust,
  },
  {
    guard: 'A sign-in that asks for a bearer token skips nothing.',
    file: 'packages/core/src/sign-in/sign-in.ts',
    find: "const mayUse = browser !== null && input.transport === 'COOKIE';",
    replace: 'const mayUse = browser !== null;',
    tests: trust,
  },
  {
    guard: 'Nobody is given trust where it is not allowed.',
    file: 'packages/core/src/sign-in/verify-two-factor-code.ts',
    find: 'input.trustBrowser && mayBeTrusted(user, challenge)',
    replace: 'input.trustBrowser',
    tests: trust,
  },
  {
    guard: 'Trust ends with the password.',
    file: 'packages/core/src/users/change-password.ts',
    find: '      await deps.trustedBrowsers.endAll(user.id);\n',
    replace: '',
    tests: [...trust, ...endings],
  },
  {
    guard: 'Trust ends with two-factor.',
    file: 'packages/core/src/two-factor/disable-two-factor.ts',
    find: '      await deps.trustedBrowsers.endAll(user.id);\n',
    replace: '',
    tests: [...trust, ...endings],
  },
  {
    guard: 'Trust ends with the recovery code.',
    file: 'packages/core/src/sign-in/verify-recovery-code.ts',
    find: '        await deps.trustedBrowsers.endAll(user.id);\n',
    replace: '',
    tests: [...trust, ...endings],
  },
  {
    guard: 'Trust ends for good where the organisation allows it no more.',
    file: 'packages/core/src/policy/update-policy.ts',
    find: 'if (!policy.trustedBrowsersAllowed) await',
    replace: 'if (version < 0) await',
    tests: trust,
  },
  {
    guard: 'A session is ended by its owner alone.',
    file: 'packages/api/src/store/session/session.store.ts',
    find: 'DELETE FROM sessions WHERE id = ? AND user_id = ? AND ${live}',
    replace: 'DELETE FROM sessions WHERE id = ? AND ? IS NOT NULL AND ${live}',
    tests: sessions,
  },
  {
    guard: 'A trusted browser is removed by its owner alone.',
    file: 'packages/api/src/store/trusted-browsers/trusted-browser.store.ts',
    find: 'DELETE FROM trusted_browsers WHERE id = ? AND user_id = ?',
    replace: 'DELETE FROM trusted_browsers WHERE id = ? AND ? IS NOT NULL',
    tests: trust,
  },
  {
    guard: 'An administrator confirms the password before signing somebody out.',
    file: 'packages/core/src/session/end-user-sessions.ts',
    find: "if (!passwordIsConfirmed(live.session, deps.clock.now())) return fail('REAUTHENTICATION_REQUIRED');",
    replace: "if (live.user.role === 'MEMBER') return fail('REAUTHENTICATION_REQUIRED');",
    tests: sessions,
  },
  {
    guard: 'Until when a password of another counts is not shown.',
    file: 'packages/api/src/graph/account/session.type.ts',
    find: 'owner.id === viewer.id ? session.passwordConfirmedUntil : null',
    replace: 'session.passwordConfirmedUntil',
    tests: sessions,
  },
  {
    guard: 'A sign-in in an unknown browser is mailed.',
    file: 'packages/core/src/session/new-browser.ts',
    find: "if (transport === 'COOKIE') return true;",
    replace: "if (transport === 'COOKIE') return false;",
    tests: mails,
  },
];
