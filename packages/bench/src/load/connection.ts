import type { Socket } from 'node:net';
import { connect } from 'node:net';

export interface Response {
  readonly status: number;
  /** Names in lower case; the values of `set-cookie` are in `cookies`. */
  readonly headers: ReadonlyMap<string, string>;
  /** `name=value`, without the attributes. */
  readonly cookies: readonly string[];
  readonly body: string;
}

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One kept-alive connection with one request under way at a time. */
export interface Connection {
  send(request: Request): Promise<Response>;
  close(): void;
}

/**
 * HTTP/1.1 (RFC 9112) as far as the servers under test speak it. The client of Node takes as long for a request as the
 * fastest of these servers: it would be measured as well, since it shares the machine with them.
 */
export function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(over(socket, port));
    });
  });
}

function over(socket: Socket, port: number): Connection {
  let waiting: { resolve: (response: Response) => void; reject: (error: Error) => void } | null = null;
  let received: Buffer = Buffer.alloc(0);

  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The server closed the connection.')));
  socket.on('data', (part) => {
    received = received.length === 0 ? part : Buffer.concat([received, part]);
    const response = parse(received);
    if (response === null) return;
    received = Buffer.alloc(0);
    const { resolve } = waiting ?? { resolve: () => undefined };
    waiting = null;
    resolve(response);
  });

  return {
    send({ method, path, headers = {}, body }) {
      const lines = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${String(port)}`];
      for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
      if (body !== undefined)
        lines.push('content-type: application/json', `content-length: ${String(Buffer.byteLength(body))}`);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
      });
    },
    close: () => socket.destroy(),
  };
}

/** Null where a part of it is still to come. */
export function parse(bytes: Buffer): Response | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'set-cookie') cookies.push(value.split(';', 1)[0]!);
    else headers.set(name, value);
  }
  const rest = bytes.subarray(end + 4);
  const chunked = headers.get('transfer-encoding') === 'chunked';
  const body = chunked ? fromChunks(rest) : upTo(rest, Number(headers.get('content-length') ?? 0));
  return body === null ? null : { status: Number(first.split(' ')[1]), headers, cookies, body };
}

function upTo(bytes: Buffer, length: number): string | null {
  return bytes.length < length ? null : bytes.toString('utf8', 0, length);
}

function fromChunks(bytes: Buffer): string | null {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const begin = lineEnd + 2;
    if (bytes.length < begin + size + 2) return null;
    if (size === 0) return Buffer.concat(parts).toString('utf8');
    parts.push(bytes.subarray(begin, begin + size));
    at = begin + size + 2;
  }
}
