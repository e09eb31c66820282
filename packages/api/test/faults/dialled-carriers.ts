import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Agent, createServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { connect } from 'node:tls';

/** What the drivers of the product dial. */
export const hosts = { messagebird: 'rest.messagebird.com', bird: 'api.bird.com' } as const;

export interface Carrier {
  readonly port: number;
  /** Requests that came whole, as their bodies. */
  readonly requests: readonly string[];
  /** Connections that are open. */
  connections(): number;
  close(): Promise<void>;
}

/** Both sides know it (RFC 4279), so that no certificate has to be made. */
const psk = Buffer.alloc(32, 1);
const tls = { ciphers: 'PSK', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

/** A carrier that speaks HTTPS: it takes a request, and answers it or not. */
export async function httpsCarrier(answer: (response: ServerResponse) => void): Promise<Carrier> {
  const requests: string[] = [];
  const server = createServer({ ...tls, pskCallback: () => psk }, (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      requests.push(body);
      answer(response);
    });
  });
  return listening(server, requests);
}

/** A port that accepts connections and never says a word, not even of TLS. */
export const mutePort = (): Promise<Carrier> =>
  // Who reads nothing would not see either that the other side is gone.
  listening(
    createTcpServer((socket) => void socket.resume()),
    [],
  );

export const takesIt = (response: ServerResponse): void => {
  response.writeHead(202, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: '7f0c8f6e-2c54-4c3f-9b0a-5d2f6f0a9b11', status: 'accepted' }));
};

export const neverAnswers = (): void => undefined;

/** From now on who dials a host reaches the carrier that stands for it, and nobody the network. */
export function dialInstead(carriers: Readonly<Record<string, Carrier>>): () => void {
  const prototype = Agent.prototype as unknown as {
    createConnection: (options: { host?: string }) => Socket;
  };
  const real = prototype.createConnection;
  prototype.createConnection = ({ host = '' }) => {
    const carrier = carriers[host];
    if (!carrier) throw new Error(`Nobody stands for ${host}.`);
    return connect({
      ...tls,
      host: '127.0.0.1',
      port: carrier.port,
      pskCallback: () => ({ psk, identity: 'test' }),
      checkServerIdentity: () => undefined,
    });
  };
  return () => {
    prototype.createConnection = real;
  };
}

async function listening(server: Server, requests: readonly string[]): Promise<Carrier> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
