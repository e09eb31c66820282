import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { callCarrier, codeOf, isRefusal, networkCode, type Reach } from './carrier-call.js';
import { receiptOf } from './delivery-report.js';
import { NotAccepted, SEND_WITHIN, type SmsSender, type TextMessage } from './sms-sender.js';

export interface BirdOptions extends Reach {
  /** Of a role that may send on the channel. */
  readonly accessKey: string;
  /** UUIDs. The channel is one for SMS; its number or name is the sender that phones show. */
  readonly workspaceId: string;
  readonly channelId: string;
}

interface Answer {
  readonly status: number;
  /** Undefined where it is no JSON. */
  readonly body: unknown;
}

const HOST = 'api.bird.com';
/** Bytes. Bird answers with about one kilobyte. */
const LONGEST_ANSWER = 64 * 1024;

/**
 * Sends by the Channels API of Bird, the successor of MessageBird
 * (https://docs.bird.com/api/channels-api/supported-channels/programmable-sms/sending-sms-messages). Errors hold status
 * and error code alone, since the provider's descriptions may repeat the number.
 */
export function birdSender(options: BirdOptions): SmsSender {
  return {
    send: (message, within = SEND_WITHIN) =>
      callCarrier('Bird', options, within, async (agent) => {
        const answer = await post(agent, options, payload(message));
        return receiptOf('bird', judge(answer));
      }),
  };
}

function payload({ to, text }: TextMessage): string {
  return JSON.stringify({
    receiver: { contacts: [{ identifierKey: 'phonenumber', identifierValue: to }] },
    body: { type: 'text', text: { text } },
  });
}

function post(agent: https.Agent, options: BirdOptions, payload: string): Promise<Answer> {
  const { accessKey, workspaceId, channelId } = options;
  return new Promise((resolve, reject) => {
    const broke = (error: unknown) =>
      reject(new Error(`The connection to Bird failed (${networkCode(error) ?? 'no code'}).`));
    const request = https.request({
      agent,
      host: HOST,
      method: 'POST',
      path: `/workspaces/${encodeURIComponent(workspaceId)}/channels/${encodeURIComponent(channelId)}/messages`,
      headers: {
        authorization: `AccessKey ${accessKey}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
        accept: 'application/json',
        'user-agent': 'Twofold',
      },
    });
    request.on('response', (response) => {
      read(response).then((answer) => {
        if (answer === null) reject(new Error('Bird answered at too great a length.'));
        else resolve(answer);
      }, broke);
    });
    request.on('error', broke);
    request.end(payload);
  });
}

/** Null where the answer is longer than any of Bird's; rejects where the connection breaks before its end. */
async function read(response: IncomingMessage): Promise<Answer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LONGEST_ANSWER) return null;
    parts.push(part);
  }
  return { status: response.statusCode ?? 0, body: parse(Buffer.concat(parts).toString()) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The id of the message that Bird took. */
function judge({ status, body }: Answer): string {
  if (status === 200 || status === 202) {
    const id = idOf(body);
    if (id !== null) return id;
    throw new Error(`Bird answered without the id of a message (HTTP ${status}).`);
  }
  const code = errorCode(body);
  const what = code === null ? `HTTP ${status}` : `HTTP ${status}, ${code}`;
  if (isRefusal(status, code !== null)) throw new NotAccepted(`Bird did not take the message (${what}).`);
  throw new Error(`Bird gave no clear answer (${what}).`);
}

function idOf(body: unknown): string | null {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  return typeof id === 'string' && id !== '' ? id : null;
}

/** Bird's errors carry a code such as InvalidPayload or E01001, at the top or under `error`. It never passes a phone number on. */
function errorCode(body: unknown): string | null {
  const nested = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  const code = codeOf(body) ?? codeOf(nested);
  return typeof code === 'string' && /^[A-Za-z][A-Za-z_]{0,39}[0-9]{0,5}$/.test(code) ? code : null;
}
