import { atRest, http, settings, sources } from '../evidence.js';
import { met, notApplicable, open } from '../requirement.js';

const session = 'web/src/session/use-session.test.ts';
const noClear = 'no table holds a password, secret, phone, code or token in clear';

export const data = [
  met('14.1.1', 2, 'Sensitive data is named and put into levels', 'Four levels, and a table of tables', [
    'docs/security/data.md',
  ]),
  met('14.1.2', 2, 'Each level says how it is protected', 'At rest, in logs, in answers, and for how long', [
    'docs/security/data.md',
    'docs/security/logging.md',
  ]),
  met(
    '14.2.1',
    1,
    'No secret in an address',
    'Secrets travel in bodies of POST and in headers; no mutation by GET; nginx logs no query',
    ['web/src/graphql/client.ts', 'docker/nginx.conf'],
    [
      [
        'api/test/threats/http-face.test.ts',
        'GET: a query only with a header that forces a preflight, a mutation never',
      ],
    ],
  ),
  met(
    '14.2.2',
    2,
    'No server on the way keeps sensitive data',
    'no-store on every answer with data; nginx caches nothing',
    ['api/src/http/server.ts', 'docker/nginx.conf'],
    [[http, 'no answer with data is kept by a browser or on the way']],
  ),
  met(
    '14.2.3',
    2,
    'Nobody else is told',
    'No trackers and nothing from elsewhere; the number to the carrier, the email to the mail server',
    ['api/src/http/security-headers.ts', 'docs/security/data.md'],
    [
      [
        'e2e/tests/csp.spec.ts',
        'the whole article is walked without a violation of the policy, a complaint or a foreign request',
      ],
    ],
  ),
  met(
    '14.2.4',
    2,
    'The levels are kept',
    'Sealed, hashed, absent from logs and mails, purged',
    ['api/src/adapters/keys/aes-cipher.ts', 'api/src/store/purge-expired.ts'],
    [
      [atRest, noClear],
      [
        atRest,
        'nor does the log, at its most talkative, also where the carrier’s error repeats what was sent',
      ],
      [atRest, 'a mail tells what happened and holds no secret'],
      [
        'api/test/databases/purge-expired.test.ts',
        'deletes what has run out, more than a batch of it, and nothing else',
      ],
    ],
  ),
  met(
    '14.2.5',
    3,
    'Caches keep files that are what they are called',
    'A missing file is 404 and never the page',
    ['api/src/http/client.ts', 'docker/nginx.conf'],
    [
      [
        http,
        'a file that is not there is not answered with the page, so nothing else is kept under its name',
      ],
    ],
  ),
  met(
    '14.2.6',
    3,
    'No more than is needed is shown',
    'Phones masked at sign-in, in full after the password; no secret after the set-up',
    ['core/src/two-factor/view-settings.ts', 'factors/src/sms/phone.ts'],
    [
      [settings, 'S24: before the password no answer of the API holds a phone, a secret or a code'],
      ['api/test/article/sign-in.test.ts', 'S37: the backup phone, shown masked, takes the code'],
    ],
  ),
  met(
    '14.2.7',
    3,
    'What is no longer needed is deleted',
    'Purged each ten minutes; secrets go with switching off; the audit log by the operator’s timer',
    ['api/src/store/purge-expired.ts', 'docs/security/data.md'],
    [
      [
        'api/test/databases/purge-expired.test.ts',
        'deletes what has run out, more than a batch of it, and nothing else',
      ],
      [
        'api/test/audit/commands.test.ts',
        'trim deletes what is older than the clock allows, and the rest still holds',
      ],
    ],
  ),
  notApplicable('14.2.8', 3, 'Metadata of uploaded files is removed', 'No file can be uploaded.'),
  open(
    '14.3.1',
    1,
    'The browser forgets when a session ends, also without the server',
    'Cache and viewer are emptied on signing out and where a session is found over. But signing out that does not reach the server is told as failed, and clears nothing until it is tried again: the session lives on there.',
    ['web/src/session/use-session.ts'],
    [
      [session, 'forgets the user and everything that was fetched on signing out'],
      [session, 'stays signed in where signing out did not reach the API'],
    ],
  ),
  met(
    '14.3.2',
    2,
    'Browsers keep no sensitive answers',
    'no-store',
    ['api/src/http/server.ts'],
    [[http, 'no answer with data is kept by a browser or on the way']],
  ),
  met(
    '14.3.3',
    2,
    'Storage of the browser holds nothing sensitive but tokens',
    'The tab’s storage has the challenge, with its token and masked numbers, until the sign-in ends, or the token of a mailed link until it is used',
    ['web/src/sign-in/challenge-memory.ts', 'web/src/links/use-link-token.ts'],
    [
      [
        sources,
        'the browser stores nothing but the sign-in under way and the link that was opened, in their own tab',
      ],
      ['web/src/sign-in/use-sign-in.test.ts', 'S33: ends with a session and forgets the challenge'],
    ],
  ),
];
