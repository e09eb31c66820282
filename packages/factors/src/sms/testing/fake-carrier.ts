import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import { expect } from 'vitest';
import type { SmsSender } from '../sms-sender.js';

/** Answers a request whose body is complete. */
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface FakeCarrier {
  /** Dials this carrier, whichever host the request is for. */
  readonly createAgent: () => Agent;
  /** Dials it too, and then takes it for somebody else. */
  readonly createDistrustingAgent: () => Agent;
  /** How many requests came. */
  requests(): number;
  /** How many connections are open. */
  connections(): Promise<number>;
}

export const message = { to: '+447911123442', text: '012345 is your Demo security code.' };

/** A key that both sides know (RFC 4279) spares the fake server a certificate. */
const psk = Buffer.alloc(32, 7);
const pskTls = { ciphers: 'PSK', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

const closings: (() => void)[] = [];

/** To be called after each test. */
export function closeCarriers(): void {
  for (const close of closings.splice(0)) close();
}

/** A carrier that speaks HTTPS. */
export async function fakeCarrier(answer: Answer): Promise<FakeCarrier> {
  let requests = 0;
  const server = createServer({ ...pskTls, pskCallback: () => psk }, (request, response) => {
    requests++;
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => answer(request, response, body));
  });
  const port = await listen(server);
  closings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    createAgent: dialling({ port }),
    createDistrustingAgent: dialling({
      port,
      checkServerIdentity: () =>
        Object.assign(new Error('another name'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
    }),
    requests: () => requests,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
  };
}

/** A port where TCP is answered, and TLS as `greet` does. */
export async function fakePort(greet: (socket: Socket) => void): Promise<() => Agent> {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    greet(socket);
  });
  const port = await listen(server);
  closings.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return dialling({ port });
}

/** A port that was open a moment ago. */
export async function closedPort(): Promise<() => Agent> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return dialling({ port });
}

/** A name that no resolver knows (RFC 6761, 6.4). */
export const unknownName = dialling({ port: 443, host: 'carrier.invalid' });

export const json =
  (status: number, body: unknown): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

/** The answer goes on for ever. */
export const trickle: Answer = (_request, response) => {
  response.writeHead(202);
  const drip = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(drip));
};

/** The error of a message that failed, which holds neither number, code nor key. */
export async function failureOf(sender: SmsSender, within?: number): Promise<Error> {
  const error: unknown = await sender.send(message, within).then(
    () => 'sent',
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('The message counted as sent.');
  expect(`${error.message} ${error.stack}`).not.toMatch(/7911|012345|the-access-key/);
  return error;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function dialling(target: ConnectionOptions): () => Agent {
  const dial = () =>
    connect({
      ...pskTls,
      host: '127.0.0.1',
      pskCallback: () => ({ psk, identity: 'test' }),
      checkServerIdentity: () => undefined,
      ...target,
    });
  return () => Object.assign(new Agent({ keepAlive: false }), { createConnection: dial });
}
