const config = ['packages/api/src/config.test.ts'];

/** @type {import('../patch.mjs').Mutant[]} */
export const start = [
  {
    guard: 'Production refuses the demo’s accounts, whose password everybody knows.',
    file: 'packages/api/src/config.ts',
    find: "if (values.DEMO_SEED === 'on') faults.push('DEMO_SEED must be off in production.');",
    replace: '',
    tests: config,
  },
  {
    guard: 'Production refuses the inbox in the place of a carrier.',
    file: 'packages/api/src/config.ts',
    find: "if (values.SMS_DRIVER === 'inbox' || absent('SMS_DRIVER'))",
    replace: "if (absent('SMS_DRIVER'))",
    tests: config,
  },
  {
    guard: 'Production refuses to make keys for itself.',
    file: 'packages/api/src/config.ts',
    find: "if (absent('ENCRYPTION_KEYS'))",
    replace: "if (values.ENCRYPTION_KEYS === '')",
    tests: config,
  },
  {
    guard: 'Production refuses a key that was made for development.',
    file: 'packages/api/src/config.ts',
    find: 'if (/(^|,)\\s*dev-/.test(',
    replace: 'if (/^never/.test(',
    tests: config,
  },
  {
    guard: 'Production refuses plain http, but on a loopback host.',
    file: 'packages/api/src/config.ts',
    find: "!url.startsWith('https:') && !isLoopback(new URL(url).hostname)",
    replace: "url === ''",
    tests: config,
  },
  {
    guard: 'A host that only begins like a loopback address is none.',
    file: 'packages/api/src/config-formats.ts',
    find: "(isIP(host) === 4 && host.startsWith('127.'))",
    replace: "host.startsWith('127.')",
    tests: config,
  },
  {
    guard: 'A misspelt variable ends the start, in place of its default ruling in silence.',
    file: 'packages/api/src/environment.ts',
    find: 'faults: [...faults, ...misspelt(environment, names)]',
    replace: 'faults',
    tests: config,
  },
  {
    guard: 'A fault of the configuration names no value.',
    file: 'packages/api/src/config.ts',
    find: 'is not usable: ${error instanceof Error ?',
    replace: 'is not usable: ${value} ${error instanceof Error ?',
    tests: config,
  },
  {
    guard: 'A mail goes to one address: no header and no recipient comes in by it.',
    file: 'packages/api/src/adapters/mail/smtp-mailer.ts',
    find: 'if (!oneAddress.test(to)) throw',
    replace: "if (to === '') throw",
    tests: ['packages/api/src/adapters/mail/smtp-mailer.test.ts'],
  },
  {
    guard: 'A name brings no link into a mail of ours.',
    file: 'packages/api/src/adapters/mail/mail-copy.ts',
    find: '/[/:@]|\\.\\p{L}/u.test(line) ||',
    replace: '',
    tests: ['packages/api/src/adapters/mail/mail-copy.test.ts'],
  },
  {
    guard: 'A colon in a name moves no account into another issuer of the app.',
    file: 'packages/factors/src/totp/factor.ts',
    find: "text.replace(/:/g, ' ')",
    replace: 'text',
    tests: ['packages/factors/src/totp/factor.test.ts'],
  },
];
