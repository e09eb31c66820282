import { config, http, httpFace, sources } from '../evidence.js';
import { met, open } from '../requirement.js';

const refuses = 'refuses what is good for development only, all at once';

export const configuration = [
  met(
    '13.1.1',
    2,
    'Everything that is talked to is written down',
    'A table that the sources are held to; no user can name a host',
    ['docs/security/connections.md'],
    [[sources, 'the inventory of connections names each file that opens one']],
  ),
  met(
    '13.1.2',
    3,
    'Written down how many connections, and what beyond',
    'In that table',
    ['docs/security/connections.md'],
    [
      [
        'api/test/databases/outage.test.ts',
        'no connection is left to be had: unavailable, and again served when there is one',
      ],
    ],
  ),
  met(
    '13.1.3',
    3,
    'Written down how resources are let go, time-outs and retries',
    'In that table',
    ['docs/security/connections.md'],
    [
      [
        'api/test/databases/outage.test.ts',
        'a MariaDB that takes connections and never answers is given up on',
      ],
    ],
  ),
  met(
    '13.1.4',
    3,
    'Written down which secrets matter and when they are replaced',
    'Keys once a year and where seen',
    ['docs/guides/keys.md', 'docs/security/data.md'],
  ),
  open(
    '13.2.1',
    2,
    'Parts prove who they are by short-lived credentials',
    'Database, Redis, mail and carriers are asked with passwords and keys that stay until the operator changes them; each can come from a file.',
    ['api/src/environment.ts'],
  ),
  met(
    '13.2.2',
    2,
    'Accounts between parts may do what they need',
    'One account for one database; the containers of API and client without capabilities, read-only, as users without rights; a carrier’s key that can send',
    ['docker/compose.yaml', 'docs/guides/operate.md', 'docs/security/connections.md'],
  ),
  met(
    '13.2.3',
    2,
    'No default credentials',
    'Production refuses keys made for development; secrets of the containers are random',
    ['api/src/config.ts', 'docker/make-secrets.sh'],
    [
      [config, 'refuses a key that a development server made for itself'],
      [config, refuses],
    ],
  ),
  met(
    '13.2.4',
    2,
    'A list of what may be called',
    'Two constant hosts and the operator’s settings; a firewall is recommended',
    ['docs/security/connections.md', 'factors/src/sms/bird.ts'],
    [[sources, 'the inventory of connections names each file that opens one']],
  ),
  met(
    '13.2.5',
    2,
    'The web server asks listed places alone',
    'nginx passes five paths on to the API; the API reads the client’s folder',
    ['docker/nginx.conf', 'api/src/http/client.ts'],
    [[http, 'no folder is listed, and no path leads out of it']],
  ),
  met(
    '13.2.6',
    3,
    'Connections keep to what is written',
    'Bounds are constants in the code',
    ['api/src/store/engine/mariadb.ts'],
    [
      [
        'api/test/databases/outage.test.ts',
        'no connection is left to be had: unavailable, and again served when there is one',
      ],
    ],
  ),
  open(
    '13.3.1',
    2,
    'Secrets live in a vault; none is in sources or images',
    'None is in sources or images, each can be read from a file that a vault writes, and commands make and rotate keys. The vault is the operator’s choice; compose uses files.',
    ['api/src/environment.ts', 'docker/compose.yaml', '.dockerignore'],
    [
      [sources, 'no secret is written into them'],
      [config, 'gives the value of NAME, without the newline that editors add'],
    ],
  ),
  met(
    '13.3.2',
    2,
    'Secrets are open to whom they serve alone',
    'Each container is given its own; key files are the owner’s',
    ['docker/compose.yaml', 'docker/make-secrets.sh'],
    [
      ['api/src/adapters/keys/key-file.test.ts', 'is made at the first start, for its owner alone, and kept'],
      [config, 'name no value, since any may be a secret'],
    ],
  ),
  met(
    '13.3.4',
    3,
    'Secrets are replaced as written',
    'keys rotate, while it serves',
    ['docs/guides/keys.md'],
    [
      [
        'api/test/keys/rotate.test.ts',
        'again changes nothing; a key that is gone from the settings is forgotten',
      ],
    ],
  ),
  met(
    '13.4.1',
    1,
    'No metadata of the repository is served',
    'The built client alone; images have no .git',
    ['api/src/http/client.ts', '.dockerignore'],
    [[http, 'no folder is listed, and no path leads out of it']],
  ),
  met(
    '13.4.2',
    2,
    'No debugging in production',
    'Production refuses inbox, Sandbox, demo; stacks are in no answer',
    ['api/src/config.ts', 'api/src/http/graphql/graphql.ts'],
    [
      [httpFace, 'has no inbox and no Sandbox'],
      [config, refuses],
      ['api/test/threats/errors-are-masked.test.ts', 'an exception outside of GraphQL is masked too'],
    ],
  ),
  met(
    '13.4.3',
    2,
    'Folders are not listed',
    'By none of the servers',
    ['api/src/http/client.ts', 'docker/nginx.conf'],
    [[http, 'no folder is listed, and no path leads out of it']],
  ),
  met(
    '13.4.4',
    2,
    'No TRACE',
    'Not found',
    ['api/src/http/server.ts'],
    [[http, 'TRACE, CONNECT and methods that nobody asked for are not served']],
  ),
  met(
    '13.4.5',
    2,
    'Documents and health are public on purpose alone',
    'Schema and explorer are for third parties; health says ok or why not, in a sentence',
    ['api/src/http/health.ts', 'README.md'],
    [
      [httpFace, 'publishes the schema that it serves'],
      [
        'api/test/threats/outage.test.ts',
        'it is not ready but alive, answers SERVICE_UNAVAILABLE, and serves again without a restart',
      ],
    ],
  ),
  met(
    '13.4.6',
    3,
    'No answer tells versions',
    'No Server, no X-Powered-By; server_tokens off',
    ['docker/nginx.conf'],
    [[http, 'nothing is redirected, and no answer tells by what it was made']],
  ),
  met(
    '13.4.7',
    3,
    'Only expected files are served',
    'What the build put into one folder',
    ['api/src/http/client.ts', 'docker/web.Dockerfile'],
    [[http, 'no folder is listed, and no path leads out of it']],
  ),
];
