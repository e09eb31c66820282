import type { Connection, Request, Response } from '../../load/connection.js';
import { PASSWORD, person } from '../../people.js';
import type { Dialect } from '../contestant.js';
import { WrongAnswer } from '../contestant.js';
import type { Operation } from './documents.js';

/** How an operation and its variables become a request. */
export type Encoding = (operation: Operation, variables: object, token: string | null) => Request;

/** By GraphQL, with these texts. */
export function graphqlEncoding(texts: Partial<Record<Operation, string>>): Encoding {
  return (operation, variables, token) => ({
    method: 'POST',
    path: '/graphql',
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: texts[operation], variables }),
  });
}

/** The floor has a path for each operation, and takes the variables alone. */
export const floorEncoding: Encoding = (operation, variables, token) => ({
  method: 'POST',
  path: `/${operation}`,
  headers: token === null ? {} : { authorization: `Bearer ${token}` },
  body: JSON.stringify(variables),
});

interface SignedIn {
  readonly __typename: string;
  readonly code?: string;
  readonly challengeToken?: string;
  readonly sessionToken?: string;
  readonly viewer?: { readonly email: string };
}

interface Data {
  readonly signIn?: SignedIn;
  readonly verifyTwoFactorCode?: SignedIn;
  readonly viewer?: { readonly email: string } | null;
  readonly users?: {
    readonly nodes: readonly { readonly name: string; readonly email: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
    readonly totalCount?: number;
  };
}

const PAGE = 50;

/** @param users how many the organisation has */
export function twofoldDialect(encode: Encoding, users: number, hasPageWithoutTotal: boolean): Dialect {
  const call = async (
    connection: Connection,
    operation: Operation,
    variables: object,
    token: string | null = null,
  ): Promise<{ data: Data; response: Response }> => {
    const response = await connection.send(encode(operation, variables, token));
    const { data } = JSON.parse(response.body) as { data?: Data | null };
    if (response.status !== 200 || !data) throw new WrongAnswer(operation, response);
    return { data, response };
  };

  const page = (operation: 'Users' | 'UsersWithoutTotal', total: number | undefined) => {
    const expected = Array.from(
      { length: Math.min(PAGE, users) },
      (_, index) => person(index + 1).email,
    ).join();
    return async (connection: Connection, session: string) => {
      const { data, response } = await call(connection, operation, { first: PAGE }, session);
      const emails = data.users?.nodes.map(({ email }) => email).join();
      const right =
        emails === expected &&
        data.users?.pageInfo.hasNextPage === users > PAGE &&
        data.users.totalCount === total;
      if (!right) throw new WrongAnswer(operation, response);
    };
  };

  return {
    async firstStep(connection, { email }) {
      const input = { email, password: PASSWORD, transport: 'BEARER' };
      const { data, response } = await call(connection, 'SignIn', { input });
      const token = data.signIn?.challengeToken;
      if (data.signIn?.__typename !== 'TwoFactorChallenge' || !token)
        throw new WrongAnswer('SignIn', response);
      return token;
    },
    async secondStep(connection, { email }, challengeToken, code) {
      const variables = { input: { challengeToken, code } };
      const { data, response } = await call(connection, 'VerifyTwoFactorCode', variables);
      const { sessionToken, viewer } = data.verifyTwoFactorCode ?? {};
      if (!sessionToken || viewer?.email !== email) throw new WrongAnswer('VerifyTwoFactorCode', response);
      return sessionToken;
    },
    async wrongCode(connection, _person, challengeToken, code) {
      const variables = { input: { challengeToken, code } };
      const { data, response } = await call(connection, 'VerifyTwoFactorCode', variables);
      if (data.verifyTwoFactorCode?.code !== 'INVALID_CODE') throw new WrongAnswer('A wrong code', response);
    },
    async whoAmI(connection, { email }, session) {
      const { data, response } = await call(connection, 'Viewer', {}, session);
      if (data.viewer?.email !== email) throw new WrongAnswer('Viewer', response);
    },
    usersPage: page('Users', users),
    usersPageWithoutTotal: hasPageWithoutTotal ? page('UsersWithoutTotal', undefined) : null,
  };
}
