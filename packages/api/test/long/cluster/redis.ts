import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../harness/free-port.js';

/** A Redis that keeps nothing, on a free port of 127.0.0.1. */
export async function startRedis(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const words = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', words, { stdio: 'ignore' });
  const killed = () => server.kill('SIGKILL');
  process.once('exit', killed);
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = connect({ host: '127.0.0.1', port });
    const answered = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (answered) break;
    await sleep(50);
  }
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    async stop() {
      process.removeListener('exit', killed);
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    },
  };
}
