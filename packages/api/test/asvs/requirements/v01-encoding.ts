import { audit, badInput, httpFace, sources } from '../evidence.js';
import { met, notApplicable } from '../requirement.js';

const noXml = 'Nothing reads or writes XML.';

export const encoding = [
  met(
    '1.1.1',
    2,
    'Input is decoded once, before it is checked',
    'JSON and GraphQL are parsed once by their libraries; Unicode is folded before the rules look: emails and passwords in NFKC',
    ['api/src/http/graphql/graphql.ts', 'core/src/users/user.ts', 'core/src/users/change-password.ts'],
    [
      [httpFace, 'no other spelling of the path leads past a guard'],
      [
        'api/src/adapters/passwords/argon2-hasher.test.ts',
        'matches in whichever way its characters were composed',
      ],
    ],
  ),
  met(
    '1.1.2',
    2,
    'Output is encoded last, or by who interprets it',
    'Values are bound to statements by the driver, set as text by Vue, serialised by the JSON of the answer',
    [
      'api/src/store/engine/mariadb.ts',
      'api/src/store/engine/sqlite-connection.ts',
      'api/src/graph/schema.ts',
    ],
    [
      [sources, 'no markup is made of text: what is shown as text is set as text'],
      [badInput, 'a search takes every character as it is'],
    ],
  ),
  met(
    '1.2.1',
    1,
    'Output is encoded for where it stands: HTML, attributes, headers',
    'Vue templates alone, without v-html (ESLint); cookies are base64url; the explorer is given constants',
    ['eslint.config.js', 'api/src/http/explorer.ts', 'api/src/http/session-cookie.ts'],
    [[sources, 'no markup is made of text: what is shown as text is set as text']],
  ),
  met(
    '1.2.2',
    1,
    'Untrusted parts of URLs are encoded; no javascript: or data: links',
    'The router encodes; otpauth labels and carrier paths by encodeURIComponent; the page after a sign-in is a path of this site',
    ['web/src/sign-in/after-sign-in.ts', 'factors/src/totp/factor.ts', 'factors/src/sms/bird.ts'],
    [
      ['web/src/sign-in/after-sign-in.test.ts', 'does not lead to a stranger: %s'],
      [
        'factors/src/totp/factor.test.ts',
        'threat: a colon or a lone surrogate in a name moves the account into the issuer, or ends the set-up',
      ],
    ],
  ),
  met(
    '1.2.3',
    1,
    'JavaScript and JSON are not put together from text',
    'JSON.stringify alone; no script is made at run time',
    ['api/src/adapters/keys/hmac-digest.ts', 'factors/src/sms/bird.ts'],
    [[sources, 'nothing makes code of text, starts a program, or reads a template that came from outside']],
  ),
  met(
    '1.2.4',
    1,
    'Database statements take values as parameters',
    'Every value is a parameter; names of tables and columns are constants',
    ['api/src/store/engine/sql.ts', 'api/src/store/users/users-search.ts'],
    [
      [badInput, 'a search takes every character as it is'],
      [
        'api/test/article/users.test.ts',
        'S5: a search finds parts of names and emails, with every character taken as it is',
      ],
    ],
  ),
  met(
    '1.2.5',
    1,
    'No command of the system is made from input',
    'No program is started by what runs in production',
    ['api/src/main.ts'],
    [[sources, 'nothing makes code of text, starts a program, or reads a template that came from outside']],
  ),
  notApplicable('1.2.6', 2, 'No LDAP injection', 'There is no LDAP.'),
  notApplicable('1.2.7', 2, 'No XPath injection', noXml),
  notApplicable('1.2.8', 2, 'LaTeX runs safely', 'There is no LaTeX.'),
  notApplicable(
    '1.2.9',
    2,
    'Input in regular expressions is escaped',
    'No expression is built from input: all are literals.',
  ),
  met(
    '1.2.10',
    3,
    'CSV follows RFC 4180, and no cell is a formula',
    'Every cell is quoted; what begins like a formula gets an apostrophe',
    ['core/src/audit/audit-csv.ts'],
    [[audit, 'threat: a device that is a formula does not run in a spreadsheet']],
  ),
  notApplicable('1.3.1', 1, 'HTML from an editor is sanitised', 'No input is HTML.'),
  met(
    '1.3.2',
    1,
    'No eval, and no code from input',
    'Neither is in the sources; the policy of the pages forbids it to libraries, but for GraphiQL on its own path',
    ['api/src/http/security-headers.ts'],
    [
      [sources, 'nothing makes code of text, starts a program, or reads a template that came from outside'],
      [
        'e2e/tests/csp.spec.ts',
        'the whole article is walked without a violation of the policy, a complaint or a foreign request',
      ],
    ],
  ),
  met(
    '1.3.3',
    2,
    'Input for a dangerous place is cut down to what is safe there',
    'Names in texts and mails are put on one line and cut; otpauth labels lose colons and lone surrogates',
    ['factors/src/sms/copy.ts', 'api/src/adapters/mail/mail-copy.ts', 'factors/src/totp/factor.ts'],
    [
      ['factors/src/sms/copy.test.ts', 'cuts a long name, between characters'],
      ['api/src/adapters/mail/smtp-mailer.test.ts', 'keeps a subject on one line'],
    ],
  ),
  met(
    '1.3.4',
    2,
    'SVG from users holds no script',
    'Nobody sends SVG; the QR code is drawn here, without script or reference, and shown as an image',
    ['factors/src/totp/qr-code.ts'],
    [
      [
        'factors/src/totp/qr-code.test.ts',
        'is a plain SVG document that scales, without title, script or reference',
      ],
    ],
  ),
  notApplicable('1.3.5', 2, 'Markdown, CSS, templates from users are disarmed', 'No input is any of these.'),
  met(
    '1.3.6',
    2,
    'Input does not choose whom the server calls',
    'Hosts are constants or the operator’s environment; a phone number goes into a JSON body',
    ['factors/src/sms/bird.ts', 'factors/src/sms/messagebird.ts', 'docs/security/connections.md'],
    [
      [sources, 'the inventory of connections names each file that opens one'],
      ['factors/src/sms/phone.test.ts', 'threat: what is no number, or two'],
    ],
  ),
  met(
    '1.3.7',
    2,
    'Templates are not built from input',
    'Vue’s are compiled at the build; mails and texts are functions',
    ['api/src/adapters/mail/mail-copy.ts', 'factors/src/sms/copy.ts'],
    [[sources, 'nothing makes code of text, starts a program, or reads a template that came from outside']],
  ),
  notApplicable('1.3.8', 2, 'No JNDI injection', 'There is no Java.'),
  notApplicable('1.3.9', 2, 'No memcache injection', 'There is no memcache.'),
  met(
    '1.3.10',
    2,
    'Format strings are not input',
    'Logs take objects and constant messages; words of screens are constants',
    ['api/src/compose.ts', 'web/src/copy/en.ts'],
    [['web/src/copy/copy.test.ts', 'can all be compiled and filled in']],
  ),
  met(
    '1.3.11',
    2,
    'Input cannot add commands or headers to a mail',
    'One plain address, a subject on one line, files and URLs switched off',
    ['api/src/adapters/mail/smtp-mailer.ts'],
    [
      [
        'api/src/adapters/mail/smtp-mailer.test.ts',
        'threat: an address or subject brings in headers or recipients',
      ],
      ['api/src/adapters/mail/smtp-mailer.test.ts', 'keeps a subject on one line'],
    ],
  ),
  notApplicable(
    '1.4.1',
    2,
    'Strings and memory are handled safely',
    'TypeScript alone; native code is that of pinned packages, named in docs/security/dependencies.md.',
  ),
  met(
    '1.4.2',
    2,
    'Numbers do not overflow',
    'Int of GraphQL, ranges in the rules, safe integers of milliseconds from the database',
    ['core/src/users/list-users.ts', 'api/src/store/engine/mariadb.ts'],
    [[badInput, 'ids, cursors, searches and page sizes that are not ours']],
  ),
  met(
    '1.4.3',
    2,
    'Memory and resources are let go',
    'The engine collects; connections, timers and sockets are closed by their owners',
    ['api/src/compose.ts', 'factors/src/sms/carrier-call.ts'],
    [
      ['factors/src/sms/bird.test.ts', 'leaves no socket behind'],
      [
        'api/src/http/ending-connections.test.ts',
        'a connection on which nothing was asked does not hold up the stop, and a request under way is answered',
      ],
    ],
  ),
  notApplicable('1.5.1', 1, 'XML parsers resolve nothing from outside', noXml),
  met(
    '1.5.2',
    2,
    'What is deserialised has known types alone',
    'JSON into the types of the schema; cursors and what the tab stored are checked field by field',
    ['api/src/graph/users/cursor.ts', 'web/src/sign-in/challenge-memory.ts'],
    [
      [httpFace, 'bodies that are no operation are mistakes of the caller'],
      [badInput, 'ids, cursors, searches and page sizes that are not ours'],
      ['web/src/sign-in/use-sign-in.test.ts', 'survives a stored challenge that is not ours'],
    ],
  ),
];
