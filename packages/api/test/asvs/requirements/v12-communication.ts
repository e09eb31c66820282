import { carriers, config, http } from '../evidence.js';
import { met, notApplicable, open } from '../requirement.js';

const proxy =
  'TLS ends at the operator’s proxy. What it has to do is written down; nothing here configures or checks it.';

export const communication = [
  open('12.1.1', 1, 'TLS 1.2 and 1.3 alone', proxy, ['docs/security/connections.md']),
  open('12.1.2', 2, 'Good cipher suites alone', proxy, ['docs/security/connections.md']),
  notApplicable('12.1.3', 2, 'Certificates of clients are checked', 'No client has one.'),
  open(
    '12.2.1',
    1,
    'Nothing but TLS between people and the service',
    'Production demands an https origin, cookies are Secure, and HSTS is sent. But the port itself speaks plain HTTP, and that the proxy alone reaches it is the operator’s care.',
    ['api/src/config.ts', 'docs/security/connections.md'],
    [
      [config, 'refuses what is good for development only, all at once'],
      [http, 'over https a browser is told to use nothing else, on subdomains too, for two years'],
    ],
  ),
  open('12.2.2', 1, 'A certificate that browsers trust', proxy, ['docs/security/connections.md']),
  open(
    '12.3.1',
    2,
    'Everything that goes in or out is encrypted',
    'To carriers always. To database, Redis and mail where the operator’s URL says so; production does not demand it, and STARTTLS that is not offered is done without.',
    ['docs/security/connections.md', 'api/src/store/engine/mariadb.ts'],
    [[carriers, 'where the handshake fails']],
  ),
  met(
    '12.3.2',
    2,
    'Certificates of others are checked',
    'By Node, everywhere: no code switches that off',
    [
      'factors/src/sms/carrier-call.ts',
      'api/src/store/engine/mariadb.ts',
      'api/src/adapters/mail/smtp-mailer.ts',
    ],
    [
      [carriers, 'where its certificate is not the right one'],
      ['api/test/asvs/sources.test.ts', 'certificates of others are checked: nothing switches that off'],
    ],
  ),
  open(
    '12.3.3',
    2,
    'HTTP between parts is encrypted',
    'nginx asks the API in plain HTTP, on a network of their own.',
    ['docker/nginx.conf', 'docker/compose.yaml'],
  ),
  notApplicable(
    '12.3.4',
    2,
    'Certificates between parts are trusted ones',
    'There are none between parts; those of database, Redis and mail have to be of an authority that the system trusts.',
  ),
];
