const rules = 'packages/core/src/session/known-browser.ts';
const unit = ['packages/core/src/session/known-browser.test.ts'];
const overHttp = ['packages/api/test/threats/known-browsers.test.ts'];

/** @type {import('../patch.mjs').Mutant[]} */
export const knownBrowsers = [
  {
    guard: 'Only a token that this server signed makes a browser known.',
    file: rules,
    find: 'if (counts && digest.matchesKeyed(`${id}.${at}`, contextOf(userId), signature)) return',
    replace: "if (counts && signature !== '') return",
    tests: unit,
  },
  {
    guard: 'A token is good for its own account alone.',
    file: rules,
    find: '`known-browser:${userId}`',
    replace: "`known-browser:${userId === '' ? '' : 'any'}`",
    tests: unit,
  },
  {
    guard: 'A new password makes other browsers strangers.',
    file: rules,
    find: 'provedAt >= since &&',
    replace: '',
    tests: [...unit, ...overHttp],
  },
  {
    guard: 'A browser is forgotten after 180 days.',
    file: rules,
    find: '&& provedAt + KNOWN_FOR > now',
    replace: '&& KNOWN_FOR > 0',
    tests: [...unit, ...overHttp],
  },
  {
    guard: 'A stranger’s failures do not lock a known browser out.',
    file: 'packages/core/src/limits/limit-keys.ts',
    find: 'counted: browserId === null ? account :',
    replace: "counted: browserId !== '' ? account :",
    tests: overHttp,
  },
  {
    guard: 'Browsers collected by the password alone get no guesses at codes of their own.',
    file: 'packages/core/src/sign-in/sign-in.ts',
    find: 'return browser !== null && browser.provedAt >= enabledAt;',
    replace: 'return browser !== null;',
    tests: overHttp,
  },
  {
    guard: 'A request with a bearer token is not judged by the cookies it carries.',
    file: 'packages/api/src/http/graphql/context.ts',
    find: 'knownBrowser: bearer === null ? knownBrowsers.of(request, reply) : withoutCookies',
    replace: 'knownBrowser: knownBrowsers.of(request, reply)',
    tests: overHttp,
  },
  {
    guard: 'The browser in which two-factor is switched on, or the password changed, stays known.',
    file: rules,
    find: 'return browserId === null ? null : browserToken(digest, userId, { id: browserId, provedAt: now });',
    replace:
      'return browserId === null || now > 0 ? null : browserToken(digest, userId, { id: browserId, provedAt: now });',
    tests: overHttp,
  },
];
