import type { Connection } from '../../load/connection.js';
import { PASSWORD } from '../../people.js';
import type { Dialect } from '../contestant.js';
import { WrongAnswer } from '../contestant.js';

const AUTHENTICATE = `mutation Authenticate($params: AuthenticateParamsInput!) {
  authenticate(serviceName: "password", params: $params) {
    sessionId
    tokens { accessToken refreshToken }
    user { id emails { address verified } }
  }
}`;
const WHO_AM_I = `query WhoAmI { getUser { id emails { address verified } } }`;

interface User {
  readonly emails: readonly { readonly address: string }[];
}

interface Body {
  readonly data?: {
    readonly authenticate?: { readonly tokens: { readonly accessToken: string }; readonly user: User } | null;
    readonly getUser?: User | null;
  } | null;
  readonly errors?: readonly { readonly message: string }[];
}

/**
 * By its GraphQL. It keeps nothing between the two steps: the first one is refused for want of a code, and the second one
 * brings the password again. It has no list of users.
 */
export function accountsDialect(): Dialect {
  const call = async (connection: Connection, query: string, variables: object, token?: string) => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query, variables });
    const response = await connection.send({ method: 'POST', path: '/graphql', headers, body });
    return { response, ...(JSON.parse(response.body) as Body) };
  };
  const authenticate = (connection: Connection, email: string, code?: string) =>
    call(connection, AUTHENTICATE, { params: { user: { email }, password: PASSWORD, code } });

  return {
    async firstStep(connection, { email }) {
      const { response, errors } = await authenticate(connection, email);
      if (errors?.[0]?.message !== '2FA code required') throw new WrongAnswer('The first step', response);
      return '';
    },
    async secondStep(connection, { email }, _challenge, code) {
      const { response, data } = await authenticate(connection, email, code);
      const { tokens, user } = data?.authenticate ?? {};
      if (tokens === undefined || user?.emails[0]?.address !== email)
        throw new WrongAnswer('The second step', response);
      return tokens.accessToken;
    },
    async wrongCode(connection, { email }, _challenge, code) {
      const { response, errors } = await authenticate(connection, email, code);
      if (errors?.[0]?.message !== "2FA code didn't match") throw new WrongAnswer('A wrong code', response);
    },
    async whoAmI(connection, { email }, session) {
      const { response, data } = await call(connection, WHO_AM_I, {}, session);
      if (data?.getUser?.emails[0]?.address !== email) throw new WrongAnswer('Who am I', response);
    },
    usersPage: null,
    usersPageWithoutTotal: null,
  };
}
