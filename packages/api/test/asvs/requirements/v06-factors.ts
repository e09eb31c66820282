import { guessing, once, settings, signIn, sources } from '../evidence.js';
import { met, notApplicable, open } from '../requirement.js';

export const factors = [
  met(
    '6.5.1',
    2,
    'Codes work once',
    'Text, app and recovery codes, on many nodes at once',
    ['api/src/store/two-factor/two-factor.store.ts', 'api/src/store/sign-in/challenge.store.ts'],
    [
      [once, 'a text code used 50 times at once opens one session, and the losers lock nobody out'],
      [once, 'an app code seen by a thief opens one session, however many challenges it is used on'],
      [once, 'a recovery code used at once on many challenges signs in once'],
    ],
  ),
  met(
    '6.5.2',
    2,
    'Short lookup secrets are hashed as passwords are',
    'The recovery code has 144 bits, for which SHA-256 does',
    ['core/src/two-factor/recovery-code.ts', 'api/src/adapters/keys/hmac-digest.ts'],
    [
      ['core/src/two-factor/recovery-code.test.ts', 'is six groups of five of the plain Crockford alphabet'],
      [
        'api/test/threats/at-rest.test.ts',
        'no table holds a password, secret, phone, code or token in clear',
      ],
    ],
  ),
  met(
    '6.5.3',
    2,
    'Codes and secrets come from a secure generator',
    'Node’s, by one port',
    ['api/src/adapters/node-random.ts', 'eslint.config.js'],
    [
      ['api/src/adapters/node-random.test.ts', 'threat: some digits are likelier than others'],
      ['factors/src/totp/factor.test.ts', 'asks for 160 random bits, and shows them as the manual key'],
    ],
  ),
  met(
    '6.5.4',
    2,
    'Codes have 20 bits or about six digits',
    'Six digits; 144 bits of recovery code',
    ['core/src/two-factor/second-factor.ts'],
    [
      [
        'api/src/adapters/node-random.test.ts',
        'makes as many ASCII digits as asked for, zeros in front among them',
      ],
      ['core/src/two-factor/recovery-code.test.ts', 'is six groups of five of the plain Crockford alphabet'],
    ],
  ),
  open(
    '6.5.5',
    2,
    'Texted codes live 10 minutes at most, app codes 30 seconds',
    'Texts do. A code of the app has a step of 30 s and is taken one step early and late, as RFC 6238, 5.2 recommends and the contract says: 90 s in all, once.',
    ['factors/src/totp/speakeasy.ts'],
    [
      [signIn, 'S34: a text code expires, at the latest with its challenge'],
      [
        'factors/src/totp/factor.test.ts',
        'is taken to the last millisecond of the step after it, and no longer',
      ],
    ],
  ),
  met(
    '6.5.6',
    3,
    'A lost factor can be taken back',
    'By the recovery code, or by switching off or replacing it',
    ['core/src/sign-in/verify-recovery-code.ts', 'core/src/two-factor/disable-two-factor.ts'],
    [
      [
        settings,
        'S30: afterwards sign-in is plain, the old secret and codes are dead, and it can be switched on again',
      ],
    ],
  ),
  met(
    '6.5.8',
    3,
    'Time for app codes is the server’s',
    'No time comes from a caller',
    ['api/src/adapters/system-clock.ts', 'factors/src/totp/factor.ts'],
    [['api/test/faults/clock.test.ts', 'a step of the app, and every step before it']],
  ),
  met(
    '6.6.1',
    2,
    'Texts go to proved numbers, beside a stronger method, and people are told of the risk',
    'A number counts once its code came back; the app is recommended, texts are called less secure',
    ['factors/src/sms/copy.ts', 'factors/src/totp/copy.ts', 'core/src/two-factor/enable-two-factor.ts'],
    [
      [
        'api/test/article/set-up.test.ts',
        'S16: a wrong set-up code leaves two-factor off, and the set-up goes on',
      ],
      [
        settings,
        'S26, S27: a new primary phone counts once its code is confirmed; until then the old one works',
      ],
      [sources, 'text messages are called less secure where they are offered, and the app is recommended'],
    ],
  ),
  met(
    '6.6.2',
    2,
    'A code belongs to the attempt it was sent for',
    'Its digest is bound to challenge, set-up or phone change',
    ['core/src/two-factor/check-code.ts'],
    [
      [signIn, 'S34: a code is bound to its challenge'],
      ['api/test/threats/texts.test.ts', 'a set-up’s code is good for that set-up alone'],
    ],
  ),
  met(
    '6.6.3',
    2,
    'Texted codes cannot be guessed',
    'Ten in a row an account, over all challenges and nodes',
    ['core/src/limits/lock-attempts.ts'],
    [
      [guessing, '100 wrong text codes at once: ten are compared'],
      [guessing, 'a right password, a new challenge and a new text reset nothing'],
    ],
  ),
  notApplicable(
    '6.8.1',
    2,
    'Identities of several providers are kept apart',
    'There is no identity provider.',
  ),
  notApplicable('6.8.2', 2, 'Assertions are signed', 'There is no identity provider.'),
  notApplicable('6.8.3', 2, 'SAML assertions are used once', 'There is no identity provider.'),
  notApplicable(
    '6.8.4',
    2,
    'The strength of a provider’s sign-in is checked',
    'There is no identity provider.',
  ),
];
