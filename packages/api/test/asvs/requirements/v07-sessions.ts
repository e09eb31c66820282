import { endings, sessions, signIn, transport } from '../evidence.js';
import { met, notApplicable, open } from '../requirement.js';

const noFederation = 'There is no federation.';
const ends = 'what a change ends, on $name';

export const sessionManagement = [
  met(
    '7.1.1',
    2,
    'Lifetimes of sessions are written down, and why',
    'Idle and in all, beside NIST’s numbers',
    ['docs/security/authentication.md'],
  ),
  met('7.1.2', 2, 'Written down how many sessions an account may have', 'Any number, and why', [
    'docs/security/authentication.md',
  ]),
  notApplicable('7.1.3', 2, 'Federated sessions are written down', noFederation),
  met(
    '7.2.1',
    1,
    'Tokens are checked by the server',
    'Looked up with each request, with user and organisation',
    ['api/src/http/graphql/context.ts', 'core/src/session/use-session.ts'],
    [[transport, 'with an Authorization header the cookie is ignored, and a dead token is UNAUTHENTICATED']],
  ),
  met(
    '7.2.2',
    1,
    'Tokens are made for each session',
    'No key and no secret is fixed',
    ['core/src/session/open-session.ts', 'api/src/graph/sign-in/signed-in.type.ts'],
    [[sessions, 'each sign-in has a token of its own, of 256 bits, and signing out ends that one alone']],
  ),
  met(
    '7.2.3',
    1,
    'Tokens are random, with 128 bits or more',
    '256 bits',
    ['api/src/adapters/node-random.ts'],
    [['api/src/adapters/node-random.test.ts', 'makes tokens of 256 bits, never the same twice']],
  ),
  open(
    '7.2.4',
    1,
    'A new token at each sign-in and at each confirmation, and the one before ends',
    'Each sign-in has a new token, and ends the session whose cookie it replaces. But a confirmed password marks the session and leaves its token: the contract says so.',
    ['core/src/session/open-session.ts'],
    [[sessions, 'each sign-in has a token of its own, of 256 bits, and signing out ends that one alone']],
  ),
  met(
    '7.3.1',
    2,
    'Unused sessions end',
    '30 minutes; 14 days with "keep me signed in"',
    ['core/src/session/session.ts'],
    [[sessions, 'keepSignedIn $keepSignedIn: ends unused, and in all']],
  ),
  met(
    '7.3.2',
    2,
    'Sessions end in all',
    '12 hours; 30 days',
    ['core/src/session/session.ts'],
    [[sessions, 'keepSignedIn $keepSignedIn: ends unused, and in all']],
  ),
  met(
    '7.4.1',
    1,
    'An ended session is dead',
    'Its row is gone',
    ['api/src/store/session/session.store.ts'],
    [
      [transport, 'a dead cookie is no viewer, and after signing out the cookie is gone and dead'],
      ['api/test/faults/clock.test.ts', 'a session that was signed out'],
    ],
  ),
  met(
    '7.4.2',
    1,
    'Who is disabled is out',
    'Looked at with every session and challenge',
    ['api/src/store/session/session.store.ts'],
    [[endings, ends]],
  ),
  open(
    '7.4.3',
    2,
    'After a change of a factor the other sessions can be ended',
    'They end by themselves after a new password, a first or other method, and the recovery code. After switching off, a new phone or a removed one they live, and nothing but a new password ends them.',
    ['core/src/users/change-password.ts', 'core/src/two-factor/enable-two-factor.ts'],
    [[endings, ends]],
  ),
  met(
    '7.4.4',
    2,
    'Signing out is at hand on every page',
    'In the menu of the user icon',
    ['web/src/shell/UserMenu.vue'],
    [
      [
        'e2e/tests/finding-the-page.spec.ts',
        'S3: the user icon in the upper right corner of every page leads to My Account',
      ],
      ['e2e/tests/errors.spec.ts', 'Sign out ends the session without a reproach'],
    ],
  ),
  open(
    '7.4.5',
    2,
    'Administrators can end the sessions of a user, or of all',
    'Nobody in the dashboard can. An operator ends those of a user by user deactivate, and reactivates the user afterwards.',
    ['core/src/users/deactivate-user.ts'],
    [[endings, ends]],
  ),
  open(
    '7.5.1',
    2,
    'All factors are asked for before what protects the account is changed',
    'The password is, within ten minutes; the second factor is not asked for again, as in the help article.',
    ['core/src/session/confirm-password.ts'],
    [[sessions, 'counts for ten minutes, in its own session alone, for all that starts something']],
  ),
  open(
    '7.5.2',
    2,
    'Users see their sessions and can end each',
    'The Activity tab shows sign-ins; a new password ends all others. There is no list of sessions.',
    ['core/src/users/change-password.ts'],
    [[sessions, 'a new password tells how many sessions it ended, and the old one is dead']],
  ),
  met(
    '7.5.3',
    3,
    'Weighty steps ask again',
    'Viewing and changing the settings, switching off',
    ['core/src/session/confirm-password.ts', 'core/src/two-factor/disable-two-factor.ts'],
    [[sessions, 'counts for ten minutes, in its own session alone, for all that starts something']],
  ),
  notApplicable('7.6.1', 2, 'Sessions of parties and providers end together', noFederation),
  met(
    '7.6.2',
    2,
    'A session begins by what somebody does',
    'Three operations open one, each with a password before it',
    ['core/src/session/open-session.ts'],
    [
      [
        signIn,
        'S32, S33: a text user gets the code on reaching the second step, and only that code opens a session',
      ],
    ],
  ),
];
