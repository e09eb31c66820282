import { Client } from '../../harness/client.js';

/** The user as the service shows them to a token; null where it is dead. */
export async function viewerOf(url: string, token: string): Promise<{ twoFactorEnabled: boolean } | null> {
  const answer = await new Client(url).send<{ viewer: { twoFactorEnabled: boolean } | null }>(
    '{ viewer { twoFactorEnabled } }',
    undefined,
    { authorization: `Bearer ${token}` },
  );
  return answer.status === 401 ? null : (answer.data?.viewer ?? null);
}

/** What fetch says of a connection that was refused, or cut off within an answer. Any other TypeError is a mistake of the test. */
export const isGone = (error: unknown) =>
  error instanceof TypeError && ['fetch failed', 'terminated'].includes(error.message);
