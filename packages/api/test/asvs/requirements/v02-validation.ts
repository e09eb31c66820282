import { badInput, guessing, once, operations, sessions, signIn, texts } from '../evidence.js';
import { met, notApplicable } from '../requirement.js';

export const validation = [
  met('2.1.1', 1, 'Written rules for what each input must be', 'A table of inputs and rules', [
    'docs/security/data.md',
    'contract/schema.graphql',
  ]),
  met(
    '2.1.2',
    2,
    'Written rules for what must fit together',
    'Below that table: number and country, both phones, code and set-up',
    ['docs/security/data.md'],
  ),
  met(
    '2.1.3',
    2,
    'Written limits, for a user and for all',
    'Attempts, texts and sessions, each with its number',
    ['docs/security/authentication.md', 'docs/security/connections.md'],
  ),
  met(
    '2.2.1',
    1,
    'Every input is checked against what is expected',
    'Types by the schema, the rest by the rules; every field of every mutation is tried with some thirty kinds of nonsense',
    ['api/src/graph/schema.ts', 'factors/src/sms/phone.ts', 'core/src/two-factor/second-factor.ts'],
    [
      [badInput, '$name: no value in any field breaks, changes or echoes anything'],
      [badInput, 'ids, cursors, searches and page sizes that are not ours'],
      ['factors/src/totp/factor.test.ts', 'threat: text that only looks like the code'],
    ],
  ),
  met(
    '2.2.2',
    1,
    'The server checks, whatever the client did',
    'All rules are in the service; the tests call it without the client',
    ['core/src/use-cases.ts'],
    [
      [badInput, 'covers every mutation that takes an input'],
      [badInput, '$name: no value in any field breaks, changes or echoes anything'],
    ],
  ),
  met(
    '2.2.3',
    2,
    'Related inputs are checked together',
    'Phones differ, a number fits its country and method, a code its set-up',
    ['core/src/two-factor/start-phone-change.ts', 'core/src/two-factor/start-two-factor.ts'],
    [
      [
        texts,
        'primary and backup phone differ, also where both changes were started before either was confirmed',
      ],
      [texts, 'a set-up’s code is good for that set-up alone'],
    ],
  ),
  met(
    '2.3.1',
    1,
    'Steps come in their order, and none is left out',
    'No session before the last factor; a set-up, phone change or challenge has to have been started, by the same session',
    ['core/src/sign-in/sign-in.ts', 'core/src/two-factor/prove-setup.ts'],
    [
      [
        signIn,
        'S32, S33: a text user gets the code on reaching the second step, and only that code opens a session',
      ],
      [sessions, 'a set-up belongs to the session that started it, and to its id where one is given'],
      [
        signIn,
        'S45: where the organisation demands two-factor, a recovery sign-in leads only to setting it up again',
      ],
    ],
  ),
  met(
    '2.3.2',
    2,
    'The written limits hold',
    'Counted in the database, by one transaction an attempt',
    ['core/src/limits/lock-attempts.ts', 'core/src/delivery/delivery-limits.ts'],
    [
      [guessing, '100 wrong codes at once, on four challenges and two nodes: ten are compared'],
      [guessing, '20 wrong ones a day lock an account’s set-ups, and are no failed sign-ins'],
      [texts, 'five in ten minutes a number, also when 50 sign-ins come at once'],
    ],
  ),
  met(
    '2.3.3',
    2,
    'An operation happens wholly or not at all',
    'One transaction an operation, cut short at every statement by the test',
    ['api/src/store/engine/transaction.ts', 'core/src/audit/recorded.ts'],
    [
      ['api/test/faults/nth-statement.test.ts', '$name: wholly before, or after COMMIT wholly after'],
      [
        'api/test/databases/transaction.test.ts',
        'a deadlock on MariaDB: the transaction that was undone runs again, whole',
      ],
    ],
  ),
  met(
    '2.3.4',
    2,
    'What there is once is given once',
    'Guarded UPDATE and DELETE whose affected row is the answer',
    ['api/src/store/sign-in/challenge.store.ts', 'api/src/store/two-factor/two-factor.store.ts'],
    [
      [once, 'a text code used 50 times at once opens one session, and the losers lock nobody out'],
      [once, 'a recovery code used at once on many challenges signs in once'],
    ],
  ),
  notApplicable(
    '2.3.5',
    3,
    'Weighty steps need two people',
    'A person’s own second factor is theirs alone; nothing here is decided for others.',
  ),
  met(
    '2.4.1',
    2,
    'Mass calls are slowed down where they cost or leak',
    'Budgets of texts, a queue of hashes, limits by account and address, costs of operations, pages of 100',
    [
      'core/src/delivery/delivery-limits.ts',
      'api/src/adapters/address-limit.ts',
      'api/src/http/graphql/limit-operation.ts',
    ],
    [
      [texts, 'a daily budget for each organisation and country prefix'],
      [
        'api/src/adapters/passwords/argon2-hasher.test.ts',
        'threat: a burst of sign-ins takes the server down',
      ],
      [operations, '%s: refused before it runs, and quickly'],
    ],
  ),
];
