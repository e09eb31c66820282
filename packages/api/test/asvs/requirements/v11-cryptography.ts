import { altered, cipher, hasher, random, sources } from '../evidence.js';
import { met, notApplicable, open } from '../requirement.js';

const rotation = 'goes on where it was killed, while the API serves sign-ins and set-ups, and loses nothing';
const noPublicKeys = 'There is no public-key cryptography but that of TLS, which is Node’s.';

export const cryptography = [
  met(
    '11.1.1',
    2,
    'A written policy for keys through their life',
    'Made, kept, checked, rotated, lost; who has them',
    ['docs/guides/keys.md', 'docs/security/cryptography.md'],
  ),
  met(
    '11.1.2',
    2,
    'An inventory of keys and algorithms, kept up to date',
    'Tables of both, with what each key is for; a file that is not named fails the build',
    ['docs/security/cryptography.md'],
    [[sources, 'the inventory of cryptography names each file that does any']],
  ),
  met(
    '11.1.3',
    3,
    'Uses of cryptography are searched for',
    'By the test of the inventory',
    ['api/test/asvs/sources.test.ts'],
    [[sources, 'the inventory of cryptography names each file that does any']],
  ),
  met('11.1.4', 3, 'A written way to other algorithms', 'A section of the inventory', [
    'docs/security/cryptography.md',
  ]),
  met(
    '11.2.1',
    2,
    'Implementations that many have looked at',
    'OpenSSL by Node, and Argon2 in Rust by @node-rs/argon2; speakeasy’s HMAC is Node’s',
    ['api/src/adapters/keys/aes-cipher.ts', 'api/src/adapters/passwords/argon2-hasher.ts'],
    [
      [sources, 'the inventory of cryptography names each file that does any'],
      ['factors/src/totp/factor.test.ts', 'has a code that the other implementation makes'],
    ],
  ),
  met(
    '11.2.2',
    2,
    'Algorithms and keys can be exchanged',
    'Ports, ids of keys before each value, parameters in each hash, rotation while it serves',
    ['core/src/ports.ts', 'api/src/cli/keys/rotate-keys.ts'],
    [
      ['api/test/keys/rotate.test.ts', rotation],
      [cipher, 'opens after the key was rotated, and the new one is under the new key'],
    ],
  ),
  met(
    '11.2.3',
    2,
    '128 bits of security or more',
    'AES-256, HMAC-SHA-256, tokens of 256 bits, app secrets of 160',
    ['docs/security/cryptography.md', 'api/src/adapters/keys/key-ring.ts'],
    [
      [random, 'makes tokens of 256 bits, never the same twice'],
      ['factors/src/totp/factor.test.ts', 'makes no secret of %i bytes'],
    ],
  ),
  met(
    '11.2.5',
    3,
    'Failures of cryptography give nothing away',
    'One error for all, masked, and nobody is signed in',
    ['api/src/adapters/keys/aes-cipher.ts'],
    [
      [
        altered,
        'the attacker’s own, a flipped one, one of another key: masked, logged and audited, nobody is signed in',
      ],
      [cipher, 'names the column and the reason alone'],
    ],
  ),
  met(
    '11.3.1',
    1,
    'No weak modes and paddings',
    'GCM alone',
    ['api/src/adapters/keys/aes-cipher.ts'],
    [
      [sources, 'the inventory of cryptography names each file that does any'],
      [cipher, 'refuses it with any bit changed'],
    ],
  ),
  met(
    '11.3.2',
    1,
    'Approved ciphers alone',
    'AES-256-GCM',
    ['api/src/adapters/keys/aes-cipher.ts', 'docs/security/cryptography.md'],
    [[sources, 'the inventory of cryptography names each file that does any']],
  ),
  met(
    '11.3.3',
    2,
    'What is encrypted cannot be altered unseen',
    'Authenticated, with its place',
    ['api/src/adapters/keys/aes-cipher.ts'],
    [
      [cipher, 'refuses it with any bit changed'],
      [cipher, 'threat: whoever can write to the database swaps values'],
    ],
  ),
  met(
    '11.3.4',
    3,
    'Nonces are not used twice',
    '96 random bits each; rotation keeps their number low',
    ['api/src/adapters/keys/aes-cipher.ts'],
    [[cipher, 'differs each time, so that equal phones do not show']],
  ),
  notApplicable('11.3.5', 3, 'Encrypt, then authenticate', 'GCM does both.'),
  open(
    '11.4.1',
    1,
    'Approved hash functions alone',
    'SHA-256, but for the codes of apps: HMAC-SHA-1, which RFC 6238 allows and every app understands. OWASP lists SHA-1 as legacy, also within HMAC.',
    ['factors/src/totp/speakeasy.ts', 'docs/security/cryptography.md'],
  ),
  met(
    '11.4.2',
    2,
    'Passwords are hashed slowly, with today’s parameters',
    'Argon2id, 20 MiB, t = 2, p = 1',
    ['api/src/adapters/passwords/argon2-hasher.ts'],
    [
      [hasher, 'has the parameters of the contract'],
      [hasher, 'is salted'],
    ],
  ),
  met(
    '11.4.3',
    2,
    'Hashes for integrity are long enough',
    'HMAC-SHA-256 seals the audit log',
    ['core/src/audit/audit-chain.ts', 'api/src/adapters/keys/hmac-digest.ts'],
    [
      [
        'api/test/audit/audit-log.test.ts',
        'threat: a line that is altered, deleted or cut off at the end is named',
      ],
    ],
  ),
  notApplicable(
    '11.4.4',
    2,
    'Keys made of passwords are stretched',
    'No key is made of a password: master keys are random.',
  ),
  met(
    '11.5.1',
    2,
    'What must not be guessed is random, with 128 bits',
    'Tokens 256, recovery codes 144, app secrets 160. Codes of six digits are the exception that 6.5.4 allows; ids open nothing',
    ['api/src/adapters/node-random.ts'],
    [
      [random, 'makes tokens of 256 bits, never the same twice'],
      [
        'api/test/threats/sessions.test.ts',
        'a set-up belongs to the session that started it, and to its id where one is given',
      ],
    ],
  ),
  met('11.5.2', 3, 'Random values stay good under load', 'OpenSSL’s generator, in the process', [
    'api/src/adapters/node-random.ts',
  ]),
  notApplicable('11.6.1', 2, 'Public keys are made and used by approved algorithms', noPublicKeys),
];
