import type { Connection, Request, Response } from '../../load/connection.js';
import { PASSWORD, person } from '../../people.js';
import type { Dialect } from '../contestant.js';
import { WrongAnswer } from '../contestant.js';

const API = '/api/auth';
const PAGE = 50;

interface Body {
  readonly twoFactorRedirect?: boolean;
  readonly code?: string;
  readonly user?: { readonly email: string };
  readonly users?: readonly { readonly email: string }[];
  readonly total?: number;
}

/** The cookies of an answer that hold something; those that it deletes are empty. */
const kept = ({ cookies }: Response, name: string) =>
  cookies.filter((cookie) => cookie.includes(name) && !cookie.endsWith('=')).join('; ');

/** By its routes, with cookies, as its client does. A session or a challenge is the cookies that stand for it. */
export function betterAuthDialect(users: number): Dialect {
  const call = async (connection: Connection, request: Request, cookie?: string) => {
    // It refuses a cookie of a foreign page.
    const headers = { origin: 'http://bench.example', ...(cookie !== undefined && { cookie }) };
    const response = await connection.send({ ...request, path: API + request.path, headers });
    return { response, body: JSON.parse(response.body) as Body | null };
  };
  const post = (path: string, input: object): Request => ({
    method: 'POST',
    path,
    body: JSON.stringify(input),
  });
  const first = Array.from({ length: Math.min(PAGE, users) }, (_, index) => person(index + 1).email).join();

  return {
    async firstStep(connection, { email }) {
      const request = post('/sign-in/email', { email, password: PASSWORD });
      const { response, body } = await call(connection, request);
      const challenge = kept(response, 'two_factor');
      if (response.status !== 200 || body?.twoFactorRedirect !== true || challenge === '')
        throw new WrongAnswer('The first step', response);
      return challenge;
    },
    async secondStep(connection, { email }, challenge, code) {
      const { response, body } = await call(connection, post('/two-factor/verify-totp', { code }), challenge);
      const session = kept(response, 'session_token');
      if (response.status !== 200 || body?.user?.email !== email || session === '')
        throw new WrongAnswer('The second step', response);
      return session;
    },
    async wrongCode(connection, _person, challenge, code) {
      const { response, body } = await call(connection, post('/two-factor/verify-totp', { code }), challenge);
      if (response.status !== 401 || body?.code !== 'INVALID_CODE')
        throw new WrongAnswer('A wrong code', response);
    },
    async whoAmI(connection, { email }, session) {
      const { response, body } = await call(connection, { method: 'GET', path: '/get-session' }, session);
      if (body?.user?.email !== email) throw new WrongAnswer('Who am I', response);
    },
    async usersPage(connection, session) {
      const path = `/admin/list-users?limit=${String(PAGE)}&sortBy=name&sortDirection=asc`;
      const { response, body } = await call(connection, { method: 'GET', path }, session);
      if (body?.users?.map(({ email }) => email).join() !== first || body.total !== users)
        throw new WrongAnswer('The page of users', response);
    },
    // It counts them whether or not anybody asks.
    usersPageWithoutTotal: null,
  };
}
