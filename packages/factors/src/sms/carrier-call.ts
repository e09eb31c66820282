import https from 'node:https';
import { TLSSocket } from 'node:tls';
import { NotAccepted, SEND_WITHIN } from './sms-sender.js';

/** How a carrier is reached. The defaults serve; a test dials another server and waits less. */
export interface Reach {
  /** Makes the agent of one message, which is destroyed after it. */
  readonly createAgent?: () => https.Agent;
  /** Milliseconds until a message counts as failed. */
  readonly deadline?: number;
  /** Milliseconds until a carrier counts as out of reach. */
  readonly connectDeadline?: number;
}

/** Leaves the better part of SEND_WITHIN to the carrier after this one. */
const CONNECT_WITHIN = 2_000;

/**
 * Makes the one HTTPS request of a message, over a connection of its own, and ends it at the deadline whatever the other
 * side does. A failure before the connection stood is NotAccepted: until its handshake is over TLS carries nothing of a
 * request (RFC 8446, 2; Node sends no early data), so the carrier cannot have seen the message.
 */
export async function callCarrier<T>(
  carrier: string,
  { createAgent = newAgent, deadline = SEND_WITHIN, connectDeadline = CONNECT_WITHIN }: Reach,
  within: number,
  request: (agent: https.Agent) => Promise<T>,
): Promise<T> {
  const agent = createAgent();
  const connection = watchConnection(agent);
  const limit = Math.min(deadline, within);
  const timers: NodeJS.Timeout[] = [];
  const overdue = new Promise<never>((_resolve, reject) => {
    const unreached = () => {
      if (!connection.stood()) reject(new Error(`${carrier} could not be reached in ${connectDeadline} ms.`));
    };
    const unanswered = () => reject(new Error(`${carrier} did not answer in ${limit} ms.`));
    timers.push(setTimeout(unreached, connectDeadline), setTimeout(unanswered, limit));
  });
  try {
    return await Promise.race([request(agent), overdue]);
  } catch (error) {
    if (connection.stood() || !(error instanceof Error)) throw error;
    throw new NotAccepted(error.message);
  } finally {
    timers.forEach((timer) => clearTimeout(timer));
    agent.destroy();
  }
}

/**
 * Whether a status says that the carrier did not take the message. `own` where the answer has the form of the carrier's
 * own errors, so that it comes from the carrier and not from a gateway before it.
 *
 * 4xx faults the request (RFC 9110, 15.5). But 408 and 409 may be about a request that did arrive. 503 says that the
 * service is unable to handle the request (15.6.4), yet a gateway also says so when it has lost the answer. The other
 * 5xx leave open how far the request had come.
 */
export function isRefusal(status: number, own: boolean): boolean {
  if (status === 503) return own;
  return status >= 400 && status < 500 && status !== 408 && status !== 409;
}

/** The code of a failed connection, such as ECONNRESET; null where there is none. Messages of Node may name addresses. */
export function networkCode(error: unknown): string | null {
  const code = codeOf(error);
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : null;
}

export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** Kept alive, a socket would collect one more time-out listener from MessageBird's library with each message. */
function newAgent(): https.Agent {
  return new https.Agent({ keepAlive: false });
}

/** What cannot be watched counts as a connection that stood: then nothing is certain. */
function watchConnection(agent: https.Agent): { stood(): boolean } {
  let stood = false;
  const stands = () => {
    stood = true;
  };
  const dial = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = dial(options, callback);
    if (socket instanceof TLSSocket) socket.once('secureConnect', stands);
    else stands();
    return socket;
  };
  return { stood: () => stood };
}
