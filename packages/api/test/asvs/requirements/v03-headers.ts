import { documents, http, httpFace, knownBrowsers, sources, transport } from '../evidence.js';
import { met, open } from '../requirement.js';

const csp = 'e2e/tests/csp.spec.ts';
const walked =
  'the whole article is walked without a violation of the policy, a complaint or a foreign request';

export const headers = [
  open(
    '3.1.1',
    3,
    'Written down which features a browser needs, and what happens without them',
    'Not written. Without JavaScript the page says that it needs it.',
    ['web/index.html'],
  ),
  met(
    '3.2.1',
    1,
    'An answer is not rendered as something else',
    'JSON says that it is JSON, nosniff, and a policy on every answer; an operation needs JSON or a header of its own',
    ['api/src/http/security-headers.ts', 'api/src/http/server.ts'],
    [
      [http, 'every body says what it is, and in which encoding'],
      [httpFace, 'security headers, on every answer'],
    ],
  ),
  met(
    '3.2.2',
    1,
    'Text is shown as text',
    'Vue’s interpolation alone; ESLint forbids v-html',
    ['eslint.config.js', 'api/static/inbox/inbox.js'],
    [[sources, 'no markup is made of text: what is shown as text is set as text']],
  ),
  met(
    '3.2.3',
    3,
    'No clobbering of the DOM',
    'ES modules in strict TypeScript; nothing on document or window',
    ['tsconfig.base.json', 'web/src/main.ts'],
  ),
  met(
    '3.3.1',
    1,
    'Cookies are Secure, with a prefix in their name',
    'Where PUBLIC_URL is https, which production demands',
    ['api/src/http/session-cookie.ts', 'api/src/config.ts'],
    [
      [
        transport,
        'over https: the prefix __Host- and Secure; Max-Age where the user wants to stay signed in',
      ],
      [
        knownBrowsers,
        'the cookie is HttpOnly and SameSite=Lax, over https Secure with __Host-, and names no account',
      ],
      ['api/src/config.test.ts', 'refuses what is good for development only, all at once'],
    ],
  ),
  met(
    '3.3.2',
    2,
    'SameSite fits what a cookie is for',
    'Lax: a link leads to a signed-in page, and no foreign POST carries it',
    ['api/src/http/session-cookie.ts'],
    [
      [transport, 'over http: HttpOnly, SameSite=Lax, gone with the browser, and no token in the body'],
      [
        knownBrowsers,
        'the cookie is HttpOnly and SameSite=Lax, over https Secure with __Host-, and names no account',
      ],
    ],
  ),
  met(
    '3.3.3',
    2,
    'Cookies have the prefix __Host-',
    'Both, over https',
    ['api/src/http/session-cookie.ts', 'api/src/http/browser-cookies.ts'],
    [
      [
        transport,
        'over https: the prefix __Host- and Secure; Max-Age where the user wants to stay signed in',
      ],
      [
        knownBrowsers,
        'the cookie is HttpOnly and SameSite=Lax, over https Secure with __Host-, and names no account',
      ],
    ],
  ),
  met(
    '3.3.4',
    2,
    'Scripts cannot read the session, and no body holds it',
    'HttpOnly; the token is in an answer for the transport BEARER alone',
    ['api/src/http/session-cookie.ts', 'api/src/graph/sign-in/signed-in.type.ts'],
    [
      [transport, 'over http: HttpOnly, SameSite=Lax, gone with the browser, and no token in the body'],
      [transport, 'the second step goes on with the transport of the first'],
    ],
  ),
  met(
    '3.3.5',
    3,
    'Cookies are small',
    '43 characters, and at most four tokens of known browsers',
    ['api/src/http/browser-cookies.ts'],
    [[knownBrowsers, 'a shared browser is known to the last four accounts']],
  ),
  met(
    '3.4.1',
    1,
    'HSTS for a year or more, subdomains too',
    'Two years with includeSubDomains, where PUBLIC_URL is https; nginx sends it behind https',
    ['api/src/http/security-headers.ts', 'docker/nginx.conf'],
    [[http, 'over https a browser is told to use nothing else, on subdomains too, for two years']],
  ),
  met(
    '3.4.2',
    1,
    'CORS allows listed origins alone',
    'CORS_ORIGINS; none by default',
    ['api/src/http/server.ts', 'api/src/config.ts'],
    [[httpFace, 'CORS: the listed origins with credentials, and no other']],
  ),
  met(
    '3.4.3',
    2,
    'A policy for content, without plug-ins and foreign bases, with a list of sources',
    'This origin alone and nothing inline. GraphiQL on /explorer, and the Sandbox in development, have policies of their own that allow inline scripts',
    ['api/src/http/security-headers.ts', 'docker/security-headers.conf'],
    [
      [http, 'every page has a policy without plug-ins and foreign bases, and keeps its window to itself'],
      [csp, walked],
      [documents, "nginx sends the policy that the API's own pages have"],
    ],
  ),
  met(
    '3.4.4',
    2,
    'nosniff on every answer',
    'helmet, and nginx for the files',
    ['api/src/http/server.ts', 'docker/security-headers.conf'],
    [[httpFace, 'security headers, on every answer']],
  ),
  met(
    '3.4.5',
    2,
    'A referrer policy',
    'no-referrer',
    ['api/src/http/security-headers.ts', 'docker/security-headers.conf'],
    [[httpFace, 'security headers, on every answer']],
  ),
  met(
    '3.4.6',
    2,
    'No page can be framed',
    'frame-ancestors none on every answer',
    ['api/src/http/security-headers.ts', 'docker/security-headers.conf'],
    [
      [httpFace, 'security headers, on every answer'],
      [http, 'every page has a policy without plug-ins and foreign bases, and keeps its window to itself'],
    ],
  ),
  open('3.4.7', 3, 'The policy names where breaches are reported', 'There is no such place.'),
  met(
    '3.4.8',
    3,
    'Pages keep their window to themselves',
    'Cross-Origin-Opener-Policy same-origin',
    ['api/src/http/security-headers.ts', 'docker/security-headers.conf'],
    [[http, 'every page has a policy without plug-ins and foreign bases, and keeps its window to itself']],
  ),
];
