import { createHash, createHmac } from 'node:crypto';

/** A request that a carrier might send. */
export interface Report {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Told {
  readonly id: string;
  readonly status: string;
  /** Error code of a failure. */
  readonly code?: number;
  /** When it is signed and happened. */
  readonly at: number;
}

export const signingKeys = {
  messagebird: 'signing-key-of-messagebird',
  bird: 'signing-key-for-bird-events',
} as const;

const ORIGIN = 'http://dashboard.example';
const sha256 = (text: string) => createHash('sha256').update(text).digest();
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** As MessageBird signs: a JWT over the hash of the address. */
export function messageBirdReport(told: Told, key: string = signingKeys.messagebird): Report {
  const statusDatetime = new Date(told.at).toISOString();
  const ends = told.code === undefined ? {} : { statusErrorCode: String(told.code) };
  const said = { id: told.id, reference: 'r', recipient: '4915123400000', status: told.status };
  const query = new URLSearchParams({ ...said, statusDatetime, ...ends });
  const path = `/webhooks/messages/messagebird?${query.toString()}`;
  const seconds = Math.floor(told.at / 1_000);
  const claims = { iss: 'MessageBird', nbf: seconds, exp: seconds + 60, jti: `${told.id}-${told.status}` };
  const urlHash = sha256(ORIGIN + path).toString('hex');
  const content = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ ...claims, url_hash: urlHash })}`;
  const jwt = `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
  return { path, method: 'GET', headers: { 'messagebird-signature-jwt': jwt } };
}

/** As Bird signs: an HMAC over time, address and the hash of the body. */
export function birdReport(told: Told, key: string = signingKeys.bird): Report {
  const path = '/webhooks/messages/bird';
  const failure = told.code === undefined ? {} : { failure: { code: told.code, source: { name: 'sms' } } };
  const contacts = [{ identifierKey: 'phonenumber', identifierValue: '+4915123400000' }];
  const lastStatusAt = new Date(told.at).toISOString();
  const payload = { id: told.id, receiver: { contacts }, status: told.status, lastStatusAt, ...failure };
  const body = JSON.stringify({ service: 'channels', event: 'sms.outbound', payload });
  const time = String(Math.floor(told.at / 1_000));
  const signed = Buffer.concat([Buffer.from(`${time}\n${ORIGIN}${path}\n`), sha256(body)]);
  const headers = {
    'content-type': 'application/json',
    'messagebird-request-timestamp': time,
    'messagebird-signature': createHmac('sha256', key).update(signed).digest('base64'),
  };
  return { path, method: 'POST', headers, body };
}
