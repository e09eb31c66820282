import { randomUUID } from 'node:crypto';
import https from 'node:https';
import type messagebird from 'messagebird';
import { callCarrier, codeOf, isRefusal, networkCode, type Reach } from './carrier-call.js';
import { receiptOf } from './delivery-report.js';
import { NotAccepted, SEND_WITHIN, type SmsSender, type TextMessage } from './sms-sender.js';

export interface MessageBirdOptions extends Reach {
  readonly accessKey: string;
  /** A number, or a name of at most 11 letters and digits. */
  readonly originator: string;
  /** Where it reports what became of each message; null: nowhere. */
  readonly reportUrl: string | null;
}

type Client = ReturnType<typeof messagebird.initClient>;

/** A code that arrives after it ran out only confuses. */
const VALIDITY_SECONDS = 600;

/**
 * Sends by MessageBird's REST API. Errors hold status and error codes alone, since the descriptions of the provider may
 * repeat the number.
 */
export function messageBirdSender(options: MessageBirdOptions): SmsSender {
  let client: Promise<Client> | null = null;
  return {
    // The library's own time-out starts anew with each byte: a server that trickles would hold it for ever.
    async send(message, within = SEND_WITHIN) {
      // Before the clock of the call runs: what is read late must not open a request that counts as given up.
      const ready = await (client ??= connect(options).catch((error: unknown) => {
        client = null;
        throw error;
      }));
      return callCarrier('MessageBird', options, within, async (agent) =>
        receiptOf('messagebird', await create(ready, agent, options, message)),
      );
    },
  };
}

/** The library is read where MessageBird is asked for the first time. */
async function connect({ accessKey, deadline = SEND_WITHIN }: MessageBirdOptions): Promise<Client> {
  const { default: library } = await import('messagebird');
  return library.initClient(accessKey, deadline);
}

/** The id of the message. */
function create(
  client: Client,
  agent: https.Agent,
  { originator, reportUrl }: MessageBirdOptions,
  { to, text }: TextMessage,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const params = {
      originator,
      recipients: [to.replace(/^\+/, '')],
      body: text,
      datacoding: 'auto' as const,
      validity: VALIDITY_SECONDS,
      // It reports of messages with a reference alone. Reports are matched by the id of the message, so this one says nothing.
      ...(reportUrl !== null && { reportUrl, reference: randomUUID() }),
    };
    withGlobalAgent(agent, () =>
      client.messages.create(params, (error, created) => {
        if (error !== null) reject(describe(error));
        // An answer of HTTP 500 with a body of {} reaches this place as a success.
        else if (typeof created?.id !== 'string' || created.id === '')
          reject(new Error('MessageBird answered without the id of a message.'));
        else resolve(created.id);
      }),
    );
  });
}

/** The library takes no agent: it opens its request before it returns, with the global one. */
function withGlobalAgent(agent: https.Agent, openRequest: () => void): void {
  const usual = https.globalAgent;
  https.globalAgent = agent;
  try {
    openRequest();
  } finally {
    https.globalAgent = usual;
  }
}

/** NotAccepted where the status says so. */
function describe(error: Error & { statusCode?: unknown; errors?: unknown; error?: unknown }): Error {
  const parts: string[] = [];
  const status = typeof error.statusCode === 'number' ? error.statusCode : null;
  if (status !== null) parts.push(`HTTP ${status}`);
  const listed: readonly unknown[] = Array.isArray(error.errors) ? error.errors : [];
  const codes = listed.map(codeOf).filter((code) => typeof code === 'number');
  if (codes.length > 0) parts.push(`error ${codes.join(', ')}`);
  const network = networkCode(error.error);
  if (network !== null) parts.push(network);
  const what = parts.join(', ') || 'cut off';
  return status !== null && isRefusal(status, codes.length > 0)
    ? new NotAccepted(`MessageBird did not take the message (${what}).`)
    : new Error(`MessageBird gave no clear answer (${what}).`);
}
