import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../api/dist/server.js', import.meta.url));

/** In milliseconds; a start takes one to two seconds where two workers share two cores. */
const PATIENCE = 30_000;

/** The built server, as an operator runs it: a process, a folder with its database and keys, and the environment. */
export class Server {
  private process: ChildProcess | null = null;
  private output = '';

  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  /** Starts on a free port of the loopback address, with the database in `folder`. Ready once this resolves. */
  static async start(folder: string): Promise<Server> {
    const server = new Server(await freePort(), folder);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Starts again where `stop` has left it: same address, same database. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [entry], {
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    const keep = (chunk: Buffer): void => void (this.output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const deadline = Date.now() + PATIENCE;
    while (!(await isReady(this.url))) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`The server did not become ready.\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Asks it to end and waits until it has. A server that must be killed has a fault, and says so. */
  async stop(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    if (code !== 0) throw new Error(`The server ended with ${String(code)}.\n${this.output}`);
  }

  /** Ends it at once, as a crash does: what was committed stays, and open connections break. */
  async crash(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Nothing of the caller's: a variable of the test's surroundings must not change what is tested. */
  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: String(this.port),
      DATABASE_URL: `sqlite:${this.folder}/twofold.sqlite`,
      LOG_LEVEL: 'error',
    };
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
