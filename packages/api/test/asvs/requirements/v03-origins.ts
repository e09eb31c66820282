import { http, httpFace, sources } from '../evidence.js';
import { met, notApplicable, open } from '../requirement.js';

const errors = 'e2e/tests/errors.spec.ts';
const csp = 'e2e/tests/csp.spec.ts';
const walked =
  'the whole article is walked without a violation of the policy, a complaint or a foreign request';

export const origins = [
  met(
    '3.5.1',
    1,
    'No operation is forged by another site',
    'JSON or a header that needs a preflight; a foreign Origin is refused; SameSite',
    ['api/src/http/graphql/graphql.ts', 'api/src/http/graphql/foreign-page.ts'],
    [
      [httpFace, 'a form or script of another site (%s) cannot send one'],
      [httpFace, 'threat: a script of another site sends JSON with the user’s cookie'],
    ],
  ),
  met(
    '3.5.2',
    1,
    'Nothing gets round the preflight',
    'Types that need none are refused, and so is a foreign Origin that comes with JSON',
    ['api/src/http/graphql/graphql.ts', 'api/src/http/graphql/foreign-page.ts'],
    [
      [httpFace, 'a form or script of another site (%s) cannot send one'],
      [httpFace, 'GET: a query only with a header that forces a preflight, a mutation never'],
    ],
  ),
  met(
    '3.5.3',
    1,
    'What changes something is not done by GET',
    'Mutations by POST alone',
    ['api/src/http/graphql/graphql.ts'],
    [[httpFace, 'GET: a query only with a header that forces a preflight, a mutation never']],
  ),
  met(
    '3.5.4',
    2,
    'Different applications have different hosts',
    'It is one application; the client may have an origin of its own by CORS_ORIGINS. The inbox and the Sandbox are on its host in development alone',
    ['api/src/http/server.ts'],
    [[httpFace, 'has no inbox and no Sandbox']],
  ),
  met(
    '3.5.5',
    2,
    'Messages of other windows are checked',
    'None is listened to',
    ['web/src/main.ts'],
    [[sources, 'no page listens to other windows, and none leaves this site by itself']],
  ),
  met(
    '3.5.6',
    3,
    'No JSONP',
    'Answers are JSON; no callback is known',
    ['api/src/http/graphql/graphql.ts'],
    [[http, 'every body says what it is, and in which encoding']],
  ),
  met('3.5.7', 3, 'Scripts hold no data of users', 'They are built files, the same for everybody', [
    'web/vite.config.ts',
  ]),
  met(
    '3.5.8',
    3,
    'Data is not embedded by other sites',
    'Cross-Origin-Resource-Policy same-origin',
    ['api/src/http/security-headers.ts'],
    [[http, 'every page has a policy without plug-ins and foreign bases, and keeps its window to itself']],
  ),
  met(
    '3.6.1',
    3,
    'Assets from elsewhere are pinned',
    'None comes from elsewhere',
    ['api/src/http/security-headers.ts'],
    [[csp, walked]],
  ),
  met(
    '3.7.1',
    2,
    'Techniques that browsers still support',
    'HTML, CSS and ES modules; no plug-in',
    ['web/vite.config.ts', 'api/src/http/security-headers.ts'],
    [[http, 'every page has a policy without plug-ins and foreign bases, and keeps its window to itself']],
  ),
  met(
    '3.7.2',
    2,
    'No automatic way to a foreign host',
    'The page after a sign-in is a path of this site; the API redirects nothing',
    ['web/src/sign-in/after-sign-in.ts'],
    [
      ['web/src/sign-in/after-sign-in.test.ts', 'does not lead to a stranger: %s'],
      [errors, 'a sign-in leads to no other site: ${next}'],
      [http, 'nothing is redirected, and no answer tells by what it was made'],
    ],
  ),
  notApplicable('3.7.3', 3, 'A notice before leaving the site', 'No link leads to a foreign site.'),
  open('3.7.4', 3, 'The domain is on the preload list of browsers', 'The domain is the operator’s.'),
];
