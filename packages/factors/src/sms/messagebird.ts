import https from 'node:https';
import messagebird from 'messagebird';
import type { SmsSender } from './sms-sender.js';

export interface MessageBirdOptions {
  readonly accessKey: string;
  /** A number, or a name of at most 11 letters and digits. */
  readonly originator: string;
  /** Makes the agent of one message, which is destroyed after it. A test dials another server with it. */
  readonly createAgent?: () => https.Agent;
  /** Milliseconds until a message counts as failed. */
  readonly deadline?: number;
}

type Client = ReturnType<typeof messagebird.initClient>;
type Message = { readonly to: string; readonly text: string };

const DEADLINE_MS = 5_000;
/** A code that arrives after it ran out only confuses. */
const VALIDITY_SECONDS = 600;

/**
 * Sends by MessageBird's REST API. Rejects with an error that holds status and error codes alone, since the
 * descriptions of the provider may repeat the number.
 */
export function messageBirdSender(options: MessageBirdOptions): SmsSender {
  const deadline = options.deadline ?? DEADLINE_MS;
  const client = messagebird.initClient(options.accessKey, deadline);
  // Kept alive, a socket would collect one more time-out listener from the library with each message.
  const createAgent = options.createAgent ?? (() => new https.Agent({ keepAlive: false }));

  return {
    async send(message) {
      const agent = createAgent();
      let timer: NodeJS.Timeout | undefined;
      // The library's own time-out starts anew with each byte: a server that trickles would hold it for ever.
      const tooLate = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(
          () => reject(new Error(`MessageBird did not answer in ${deadline} ms.`)),
          deadline,
        );
      });
      try {
        await Promise.race([create(client, agent, options.originator, message), tooLate]);
      } finally {
        clearTimeout(timer);
        agent.destroy();
      }
    },
  };
}

function create(
  client: Client,
  agent: https.Agent,
  originator: string,
  { to, text }: Message,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const params = {
      originator,
      recipients: [to.replace(/^\+/, '')],
      body: text,
      datacoding: 'auto' as const,
      validity: VALIDITY_SECONDS,
    };
    withGlobalAgent(agent, () =>
      client.messages.create(params, (error, created) => {
        if (error !== null) reject(describe(error));
        // An answer of HTTP 500 with a body of {} reaches this place as a success.
        else if (typeof created?.id !== 'string' || created.id === '')
          reject(new Error('MessageBird answered without the id of a message.'));
        else resolve();
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

function describe(error: Error & { statusCode?: unknown; errors?: unknown; error?: unknown }): Error {
  const parts: string[] = [];
  if (typeof error.statusCode === 'number') parts.push(`HTTP ${error.statusCode}`);
  const listed: readonly unknown[] = Array.isArray(error.errors) ? error.errors : [];
  const codes = listed.map(codeOf).filter((code) => typeof code === 'number');
  if (codes.length > 0) parts.push(`error ${codes.join(', ')}`);
  const network = codeOf(error.error);
  if (typeof network === 'string' && /^[A-Z_]{1,40}$/.test(network)) parts.push(network);
  return new Error(`MessageBird did not take the message (${parts.join(', ') || 'no answer'}).`);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
