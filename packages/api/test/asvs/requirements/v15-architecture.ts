import {
  badInput,
  guessingPasswords,
  hasher,
  http,
  httpFace,
  operations,
  sources,
  straddling,
} from '../evidence.js';
import { met, open } from '../requirement.js';

const pinned = 'every package that is installed comes from the registry, at one version and with its digest';

export const architecture = [
  met('15.1.1', 1, 'Written down how soon packages are renewed', 'A table of days by weight', [
    'docs/security/dependencies.md',
  ]),
  met(
    '15.1.2',
    2,
    'An inventory of packages, from trusted places',
    'The lockfile, with digests',
    ['pnpm-lock.yaml', 'docs/security/dependencies.md'],
    [[sources, pinned]],
  ),
  met('15.1.3', 2, 'Written down what is expensive, and what bounds it', 'A table', [
    'docs/security/connections.md',
  ]),
  met('15.1.4', 3, 'Written down which packages ask for care', 'A table', ['docs/security/dependencies.md']),
  met('15.1.5', 3, 'Written down which parts are dangerous', 'Below that table', [
    'docs/security/dependencies.md',
  ]),
  open(
    '15.2.1',
    1,
    'No package is older than those days allow',
    'Not shown: `pnpm audit` is not run here. It belongs into CI.',
    ['docs/security/dependencies.md'],
  ),
  met(
    '15.2.2',
    2,
    'What is expensive does not take the service down',
    'A queue of hashes that turns away, bounds of operations, deadlines, slow senders cut off',
    [
      'api/src/adapters/passwords/argon2-hasher.ts',
      'api/src/http/graphql/limit-operation.ts',
      'api/src/http/server.ts',
    ],
    [
      [hasher, 'turns away what the queue cannot hold, and serves again afterwards'],
      [operations, '%s: refused before it runs, and quickly'],
      [
        'api/test/threats/slow-bodies.test.ts',
        'a head or a body that drips is cut off: in 15 and 30 seconds, and here in half a second',
      ],
    ],
  ),
  met(
    '15.2.3',
    2,
    'Production has what it needs alone',
    'No tests, inbox, Sandbox or demo. The explorer is there for third parties, on purpose',
    ['docker/api.Dockerfile', '.dockerignore', 'api/src/config.ts'],
    [[httpFace, 'has no inbox and no Sandbox']],
  ),
  met(
    '15.2.4',
    3,
    'Packages come from where they are expected',
    'Digests of all, no addresses; our own by workspace links',
    ['pnpm-lock.yaml'],
    [[sources, pinned]],
  ),
  met(
    '15.2.5',
    3,
    'Dangerous parts are fenced',
    'Ports around risky packages; GraphiQL’s policy on its path; containers without rights',
    ['factors/src/totp/speakeasy.ts', 'docker/compose.yaml'],
    [['factors/src/totp/factor.test.ts', 'threat: text that only looks like the code']],
  ),
  met(
    '15.3.1',
    1,
    'Objects are returned with the fields that are meant',
    'Types of the schema are written out; none holds what is stored',
    ['api/src/graph/users/user.type.ts', 'contract/schema.graphql'],
    [
      [
        'contract/test/core-contract.test.ts',
        'has no field that could hand out what is stored: no hash, cipher, digest, sealed value or step',
      ],
    ],
  ),
  met(
    '15.3.2',
    2,
    'Calls to others follow no redirect',
    'Node’s https follows none; an answer of 3xx is no success',
    ['factors/src/sms/bird.ts', 'factors/src/sms/messagebird.ts'],
    [['factors/src/sms/bird.test.ts', 'in doubt, and not as refused: %i %j']],
  ),
  met(
    '15.3.3',
    2,
    'Callers cannot set fields that are not meant',
    'Inputs are types of their own; an unknown field is refused',
    ['api/src/graph/sign-in/sign-in.input.ts', 'api/src/graph/two-factor/two-factor.input.ts'],
    [
      [
        'api/test/asvs/authorization.test.ts',
        'a field that an operation does not take is refused, and sets nothing',
      ],
      [
        'contract/test/core-contract.test.ts',
        'S10, S11, S31: no core operation on an account takes another user',
      ],
    ],
  ),
  met(
    '15.3.4',
    2,
    'The address of the caller is the true one',
    'From listed proxies alone, for limits and logs',
    ['api/src/http/server.ts', 'docker/nginx.conf'],
    [
      [guessingPasswords, 'an address that a client claims counts for nothing where no proxy is trusted'],
      [
        guessingPasswords,
        'after 300 failures in 5 minutes an address is refused for every email, and others are not',
      ],
    ],
  ),
  met(
    '15.3.5',
    2,
    'Types are checked, comparisons strict',
    'Strict TypeScript, the schema’s types, zod for settings',
    ['tsconfig.base.json', 'api/src/config.ts'],
    [
      [badInput, '$name: no value in any field breaks, changes or echoes anything'],
      ['factors/src/totp/factor.test.ts', 'threat: text that only looks like the code'],
    ],
  ),
  met(
    '15.3.6',
    2,
    'Prototypes cannot be polluted',
    'Maps and own properties for names from outside',
    ['factors/src/server.ts', 'api/src/adapters/keys/key-ring.ts'],
    [
      ['factors/src/server.test.ts', 'threat: "%s" passes for a factor'],
      [httpFace, 'bodies that are no operation are mistakes of the caller'],
      ['factors/src/sms/phone.test.ts', 'refuses a number as dialled in "%s"'],
    ],
  ),
  met(
    '15.3.7',
    2,
    'A parameter counts from one place',
    'Operations from the body alone; twice in the address is nothing',
    ['api/src/http/graphql/graphql.ts'],
    [[http, 'an operation comes from the body alone: what the address says beside it counts for nothing']],
  ),
  met(
    '15.4.1',
    3,
    'What is shared is shared safely',
    'One thread; state is in the database',
    ['api/src/store/engine/transaction.ts'],
    [['api/test/databases/transaction.test.ts', 'two processes on one SQLite file count exactly']],
  ),
  met(
    '15.4.2',
    3,
    'Check and act are one step',
    'Guarded statements in one transaction',
    ['core/src/sign-in/sign-in.ts', 'api/src/store/sign-in/challenge.store.ts'],
    [
      [straddling, 'signing in while two-factor is switched on leads to the second factor'],
      [straddling, 'of two changes that were begun with one password, the second is refused'],
    ],
  ),
  met(
    '15.4.3',
    3,
    'Locks do not hold one another up',
    'A deadlock runs again, a wait for a lock ends',
    ['api/src/store/engine/transaction.ts', 'api/src/store/engine/mariadb.ts'],
    [
      [
        'api/test/databases/transaction.test.ts',
        'a deadlock on MariaDB: the transaction that was undone runs again, whole',
      ],
    ],
  ),
  met(
    '15.4.4',
    3,
    'Nobody starves',
    'First come, first served for hashes; one core is left free',
    ['api/src/adapters/passwords/argon2-hasher.ts'],
    [[hasher, 'serves those that wait in their turn']],
  ),
];
