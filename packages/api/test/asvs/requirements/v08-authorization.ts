import { accessMatrix, audit, badInput, endings } from '../evidence.js';
import { met, notApplicable } from '../requirement.js';

const everyOperation =
  'has a line for every operation of the schema, with each thing that may be left out, and no other';
const seen = 'what a user is seen to be, alike by user and by users';

export const authorization = [
  met(
    '8.1.1',
    1,
    'Written down who may do what, with whose data',
    'A page that a test holds to what happens',
    ['docs/security/access.md'],
    [[accessMatrix, 'is what docs/security/access.md says (UPDATE_DOCS=1 writes it)']],
  ),
  met(
    '8.1.2',
    2,
    'Written down who may see and change which field',
    'A table of the fields of a user; a mutation changes what its name says, of the own account',
    ['docs/security/access.md'],
    [[accessMatrix, 'has a line for every field of a user, and no other']],
  ),
  met(
    '8.1.3',
    3,
    'Written down what of the surroundings counts',
    'Address, known browser, time since sign-in and password',
    ['docs/security/authentication.md'],
  ),
  met(
    '8.2.1',
    1,
    'Operations are closed to whom they are not for',
    'Each is run as every kind of caller',
    ['api/src/graph/graph-context.ts', 'api/test/matrix/matrix.ts'],
    [
      [accessMatrix, everyOperation],
      [accessMatrix, '$key'],
    ],
  ),
  met(
    '8.2.2',
    1,
    'Data is closed to whom it is not for',
    'No operation takes an account to change; ids of others find nothing outside the organisation',
    ['core/src/users/get-user.ts', 'core/src/audit/list-audit-events.ts'],
    [
      [accessMatrix, '$key'],
      [
        'api/test/article/settings.test.ts',
        'S31: nobody reaches another account: every operation on an account works on the session’s own',
      ],
      [
        audit,
        'shows a member the own lines alone, an administrator the organisation’s, and nobody another organisation’s',
      ],
    ],
  ),
  met(
    '8.2.3',
    2,
    'Fields are closed to whom they are not for',
    'Who is protected shows to oneself and administrators; filters too',
    ['core/src/users/user.ts', 'api/src/graph/users/user.type.ts'],
    [
      [accessMatrix, seen],
      [
        'api/test/article/users.test.ts',
        'who is protected is known of oneself, and to administrators of everybody',
      ],
    ],
  ),
  met(
    '8.3.1',
    1,
    'The server decides',
    'In the rules; what the client shows is for comfort',
    ['core/src/use-cases.ts'],
    [[accessMatrix, '$key']],
  ),
  met(
    '8.3.2',
    3,
    'A change of rights counts at once',
    'User, role and organisation are read with each request',
    ['api/src/store/session/session.store.ts'],
    [
      [
        'api/test/asvs/authorization.test.ts',
        'a role that is taken away is gone with the next request of a session that lives',
      ],
      [endings, 'what a change ends, on $name'],
    ],
  ),
  notApplicable('8.3.3', 3, 'Services decide by the first caller’s rights', 'It is one service.'),
  met(
    '8.4.1',
    2,
    'Organisations cannot reach one another',
    'Every statement is bound to the viewer’s',
    ['core/src/users/list-users.ts', 'api/src/store/users/users-search.ts'],
    [
      [accessMatrix, '$key'],
      [badInput, 'a cursor is good for its own order, and opens nothing in another organisation'],
      [
        'api/test/article/users.test.ts',
        'S7: a user is opened by id; one of another organisation is not there',
      ],
    ],
  ),
];
