import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

export interface CommitProxy {
  /** The same database, through the proxy. */
  readonly url: string;
  /** How many of the next COMMITs are turned into a ROLLBACK and answered as a deadlock. */
  refuse: number;
  /** How many COMMITs came. */
  commits: number;
  close(): Promise<void>;
}

const COM_QUERY = 0x03;
/** Error 1213, state 40001, as a server of a cluster answers COMMIT where another node has won (the wire protocol's ERR_Packet). */
const DEADLOCK = Buffer.concat([
  Buffer.from([0xff, 0xbd, 0x04]),
  Buffer.from('#40001Deadlock found when trying to get lock; try restarting transaction'),
]);

/**
 * Stands between the service and MariaDB. What a single server never does, and a cluster often: it refuses the COMMIT. The
 * server rolls back, and the client is told of a deadlock.
 */
export async function commitProxy(databaseUrl: string): Promise<CommitProxy> {
  const target = new URL(databaseUrl);
  const [host, port] = [target.hostname, Number(target.port)];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host, port });
    let answersToRefuse = 0;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data: Buffer) => {
      // One short packet, and a client that waits for its answer: it comes in one piece.
      if (data[4] !== COM_QUERY || data.subarray(5).toString() !== 'COMMIT') {
        upstream.write(data);
        return;
      }
      proxy.commits += 1;
      if (proxy.refuse <= 0) {
        upstream.write(data);
        return;
      }
      proxy.refuse -= 1;
      answersToRefuse += 1;
      upstream.write(packet(0, Buffer.concat([Buffer.from([COM_QUERY]), Buffer.from('ROLLBACK')])));
    });
    upstream.on('data', (data: Buffer) => {
      if (answersToRefuse === 0) {
        client.write(data);
        return;
      }
      answersToRefuse -= 1;
      client.write(packet(1, DEADLOCK));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  target.port = String((server.address() as AddressInfo).port);
  const proxy: CommitProxy = {
    url: target.href,
    refuse: 0,
    commits: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

/** Length in three bytes, sequence number, payload. */
function packet(sequence: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, payload]);
}
