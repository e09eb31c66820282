import { guessingPasswords, http, httpFace, operations } from '../evidence.js';
import { met, notApplicable } from '../requirement.js';

const noWebSocket = 'There is no WebSocket; the schema has no subscription.';
const noHttp2 = 'Node’s HTTP/1.1 server alone; HTTP/2 and 3 end at the proxy.';

export const api = [
  met(
    '4.1.1',
    1,
    'Every body says its type and encoding, truly',
    'Fastify and nginx name both',
    ['api/src/http/server.ts', 'docker/nginx.conf'],
    [
      [http, 'every body says what it is, and in which encoding'],
      [
        http,
        'a file that is not there is not answered with the page, so nothing else is kept under its name',
      ],
    ],
  ),
  met(
    '4.1.2',
    2,
    'Only pages are sent on from http to https',
    'Nothing here redirects; what the proxy should do is written down',
    ['docs/security/connections.md'],
    [[http, 'nothing is redirected, and no answer tells by what it was made']],
  ),
  met(
    '4.1.3',
    2,
    'Headers of the proxy cannot be set by callers',
    'Forwarded addresses and hosts count from TRUSTED_PROXIES alone, none by default',
    ['api/src/http/server.ts', 'api/src/config.ts'],
    [
      [guessingPasswords, 'an address that a client claims counts for nothing where no proxy is trusted'],
      [httpFace, 'threat: a script of another site sends JSON with the user’s cookie'],
    ],
  ),
  met(
    '4.1.4',
    3,
    'Methods that are not used are refused',
    'GET and POST, OPTIONS for the preflight; others are not found',
    ['api/src/http/graphql/graphql.ts'],
    [[http, 'TRACE, CONNECT and methods that nobody asked for are not served']],
  ),
  met(
    '4.2.1',
    2,
    'Nobody hides a request in another',
    'Node’s strict parser refuses what can be read in two ways; nginx speaks HTTP/1.1 to it',
    ['api/src/http/server.ts', 'docker/nginx.conf'],
    [[http, 'a request whose end can be read in two ways is refused, and what hides behind it is not run']],
  ),
  met(
    '4.2.2',
    3,
    'Lengths of messages that are sent are right',
    'By Node; to Bird from the bytes of the body',
    ['factors/src/sms/bird.ts'],
    [['factors/src/sms/bird.test.ts', 'sends number, text and key as its API asks for them']],
  ),
  notApplicable('4.2.3', 3, 'No headers of connections in HTTP/2', noHttp2),
  notApplicable('4.2.4', 3, 'No line ends in headers of HTTP/2', noHttp2),
  met(
    '4.2.5',
    3,
    'Requests that are sent are not too long',
    'Paths and headers are constants and the operator’s settings',
    ['factors/src/sms/bird.ts', 'factors/src/sms/messagebird.ts'],
  ),
  met(
    '4.3.1',
    2,
    'GraphQL cannot be made to work itself to death',
    'Tokens, depth, cost, fields at the root, no batches',
    ['api/src/http/graphql/limit-operation.ts'],
    [
      [operations, 'a depth of 12 and no more'],
      [operations, '%s: refused before it runs, and quickly'],
      [operations, 'a batch is refused'],
    ],
  ),
  met(
    '4.3.2',
    2,
    'Introspection is closed, unless third parties use the API',
    'They do: schema and introspection are public on purpose',
    ['contract/schema.graphql', 'README.md'],
    [
      [operations, 'introspection is allowed, free, and the whole schema'],
      [httpFace, 'publishes the schema that it serves'],
    ],
  ),
  notApplicable('4.4.1', 1, 'WebSockets over TLS', noWebSocket),
  notApplicable('4.4.2', 2, 'The origin of WebSockets is checked', noWebSocket),
  notApplicable('4.4.3', 2, 'WebSockets have tokens of their own', noWebSocket),
  notApplicable('4.4.4', 2, 'Those tokens come of the session', noWebSocket),
];
