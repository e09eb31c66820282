import { createTransport } from 'nodemailer';

/**
 * Connects, begins TLS and signs in as a mail would, and sends none, within so many milliseconds.
 *
 * @throws Error with codes alone: the server's own words may hold a user's name
 */
export async function trySmtp(url: string, within: number): Promise<null> {
  const transport = createTransport({
    url,
    connectionTimeout: within,
    greetingTimeout: within,
    socketTimeout: within,
    dnsTimeout: within,
  });
  try {
    await transport.verify();
    return null;
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    const answer = responseCode === undefined ? '' : `, it said ${String(responseCode)}`;
    throw new Error(`it does not take mail (${code ?? 'no code'}${answer})`);
  } finally {
    transport.close();
  }
}
