import { altered, atRest, audit, carriers, guessing, logging, masked } from '../evidence.js';
import { met, open } from '../requirement.js';

const oneLine =
  'has one line for every attempt, with its outcome, factor, session, address, device and request';
const leavesALine =
  'an operation that is refused with %s leaves a line: when, from where, which, and not what';

export const logs = [
  met('16.1.1', 2, 'An inventory of logs', 'Which, what, where, who, how long; every message of the API', [
    'docs/security/logging.md',
  ]),
  met(
    '16.2.1',
    2,
    'A line says when, where, who, what',
    'The audit log all of it; the log of the API time, request and address',
    ['core/src/audit/audit-log.ts', 'api/src/http/graphql/graphql.ts'],
    [
      [audit, oneLine],
      [logging, leavesALine],
    ],
  ),
  met(
    '16.2.2',
    2,
    'Clocks agree, times are UTC',
    'Milliseconds of UTC; NTP is on the operator’s list',
    ['api/src/adapters/system-clock.ts', 'docs/guides/operate.md'],
    [
      ['api/src/adapters/system-clock.test.ts', 'tells milliseconds since the Unix epoch'],
      [logging, leavesALine],
    ],
  ),
  met(
    '16.2.3',
    2,
    'Logs go where the inventory says alone',
    'Standard output and one table',
    ['docs/security/logging.md', 'api/src/main.ts'],
    [['api/test/asvs/sources.test.ts', 'no log is written but by the logger, and to standard output']],
  ),
  met(
    '16.2.4',
    2,
    'Logs can be read by machines and joined',
    'JSON lines; requestId in answer, log and audit log',
    ['api/src/main.ts', 'api/src/store/audit/audit.table.ts'],
    [
      [logging, 'threat: a client writes lines of its own: each entry stays one line of JSON'],
      [audit, oneLine],
    ],
  ),
  met(
    '16.2.5',
    2,
    'Logs hold of sensitive data what its level allows',
    'None of it',
    ['docs/security/data.md', 'api/src/http/graphql/mask-error.ts'],
    [
      [
        atRest,
        'nor does the log, at its most talkative, also where the carrier’s error repeats what was sent',
      ],
      [
        masked,
        'a table that is gone: a sentence and an id for the caller, the cause in the log, and a value in neither',
      ],
    ],
  ),
  met(
    '16.3.1',
    2,
    'Every sign-in is logged, done or refused, with its method',
    'In the audit log. What names no challenge that ever was concerns no account, and is not',
    ['core/src/audit/recorded.ts', 'docs/adr/0011-the-audit-log.md'],
    [[audit, oneLine]],
  ),
  met(
    '16.3.2',
    2,
    'Refused access is logged',
    'UNAUTHENTICATED and FORBIDDEN, with request and address',
    ['api/src/http/graphql/graphql.ts', 'api/src/http/server.ts'],
    [
      [logging, leavesALine],
      [logging, 'so does a request that is refused before it is an operation'],
    ],
  ),
  met(
    '16.3.3',
    2,
    'Attempts to get round a guard are logged',
    'Bad input, costly operations, foreign pages in the log; locks and limits in the audit log; altered values in both',
    ['api/src/http/graphql/graphql.ts', 'core/src/audit/record-altered-value.ts'],
    [
      [logging, leavesALine],
      [
        altered,
        'the attacker’s own, a flipped one, one of another key: masked, logged and audited, nobody is signed in',
      ],
      [audit, 'pages without a gap or a double, and filters by action, outcome and time'],
    ],
  ),
  met(
    '16.3.4',
    2,
    'Unexpected errors and failures of guards are logged',
    'With their stack; carriers by status and code, TLS among it',
    ['api/src/http/graphql/graphql.ts', 'api/src/compose-deps.ts'],
    [
      [
        masked,
        'a table that is gone: a sentence and an id for the caller, the cause in the log, and a value in neither',
      ],
      ['factors/src/sms/failover-sender.test.ts', 'ask the next one where one refuses, and tell why'],
      [carriers, 'where its certificate is not the right one'],
    ],
  ),
  met(
    '16.4.1',
    2,
    'Nobody writes lines into a log',
    'JSON escapes; cells of CSV are quoted',
    ['api/src/main.ts', 'core/src/audit/audit-csv.ts'],
    [
      [logging, 'threat: a client writes lines of its own: each entry stays one line of JSON'],
      [audit, 'threat: a device that is a formula does not run in a spreadsheet'],
    ],
  ),
  open(
    '16.4.2',
    2,
    'Logs are closed to others and cannot be altered',
    'The audit log is bound to the reader’s rights, and what is altered shows. The log of the API is on standard output: who keeps it from others and from changes is the operator.',
    ['core/src/audit/verify-audit-log.ts', 'docs/security/logging.md'],
    [
      [audit, 'threat: a line that is altered, deleted or cut off at the end is named'],
      [
        audit,
        'shows a member the own lines alone, an administrator the organisation’s, and nobody another organisation’s',
      ],
    ],
  ),
  open(
    '16.4.3',
    2,
    'Logs are sent to another system',
    'The audit log stays in the database of the service; standard output goes where the operator sends it.',
    ['docs/security/logging.md'],
  ),
  met(
    '16.5.1',
    2,
    'Errors tell nothing',
    'A sentence and an id',
    ['api/src/http/graphql/mask-error.ts', 'api/src/http/graphql/without-values.ts'],
    [
      [
        masked,
        'a table that is gone: a sentence and an id for the caller, the cause in the log, and a value in neither',
      ],
      [
        'api/src/http/graphql/without-values.test.ts',
        'leaks: messages of graphql-js without the values that they repeat',
      ],
    ],
  ),
  met(
    '16.5.2',
    2,
    'It stays safe while others are away',
    'Database, Redis, carriers and mail, each by itself',
    ['api/src/store/engine/database-unavailable.ts', 'factors/src/sms/failover-sender.ts'],
    [
      [
        'api/test/threats/outage.test.ts',
        'it is not ready but alive, answers SERVICE_UNAVAILABLE, and serves again without a restart',
      ],
      ['api/src/adapters/address-limit.test.ts', 'threat: Redis is down'],
      ['factors/src/sms/failover-sender.test.ts', 'threat: a carrier that hangs keeps everybody out'],
    ],
  ),
  met(
    '16.5.3',
    2,
    'A failure opens nothing',
    'An exception rolls back; half of an operation is none',
    ['api/src/store/engine/transaction.ts'],
    [
      ['api/test/faults/nth-statement.test.ts', '$name: wholly before, or after COMMIT wholly after'],
      [guessing, 'right and wrong are answered alike until retryAt, and live sessions stay'],
    ],
  ),
  open(
    '16.5.4',
    3,
    'A last handler for what nobody caught',
    'Requests and work in the background are caught; an exception outside of both would end the process, unlogged but for Node’s own words.',
    ['api/src/http/server.ts'],
  ),
];
