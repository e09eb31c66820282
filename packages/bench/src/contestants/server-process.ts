import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Answered, Asked } from './messages.js';

/** CPU in µs since its start, memory in bytes. */
export interface Usage {
  readonly cpu: number;
  readonly rss: number;
}

export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  usage(): Promise<Usage>;
  moveClock(now: number): Promise<void>;
  /** Between its turns it stands still, so that nothing it does falls into another one's turn. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export interface Program {
  /** The script, absolute. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The words that put a program on one core, before its own; none where the machine has no taskset. */
  readonly pin: readonly string[];
  /** Of Node, before the script. */
  readonly flags?: readonly string[];
}

/** Starts a server that listens on a free port and tells of itself over IPC. */
export async function startServer(program: Program): Promise<ServerProcess> {
  const child = spawnProgram(program, ['ignore', 'ignore', 'pipe', 'ipc']);
  const ended = once(child, 'exit');
  let said = '';
  child.stderr?.on('data', (part: Buffer) => (said = (said + part.toString()).slice(-4_000)));
  const answer = (kind: Answered['kind'], ask?: Asked) =>
    new Promise<Answered>((resolve, reject) => {
      const hear = (message: Answered) => {
        if (message.kind !== kind) return;
        forget();
        resolve(message);
      };
      const fail = () => {
        forget();
        reject(new Error(`${program.script} ended by itself. ${said}`));
      };
      const forget = () => child.off('message', hear).off('exit', fail);
      child.on('message', hear).on('exit', fail);
      if (ask !== undefined) child.send(ask);
    });

  const listening = await answer('listening');
  const usage = async (ask: Asked): Promise<Usage> => {
    const answered = await answer('usage', ask);
    if (answered.kind !== 'usage') throw new Error('It answered something else.');
    return answered;
  };
  return {
    port: listening.kind === 'listening' ? listening.port : 0,
    pid: child.pid!,
    usage: () => usage({ kind: 'usage' }),
    moveClock: async (now) => void (await usage({ kind: 'clock', now })),
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const running = new Set<ChildProcess>();
// One that stands still would not notice that the bench is gone.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** `taskset` gives its place to the program, so the id of the process is the program's. */
export function spawnProgram(
  { script, environment, pin, flags = [] }: Program,
  stdio: ('ignore' | 'inherit' | 'pipe' | 'ipc')[],
): ChildProcess {
  const [command = process.execPath, ...words] = [...pin, process.execPath, ...flags, script];
  const child = spawn(command, words, { env: { ...inherited(), ...environment }, stdio });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/** Settings of whoever runs the bench are none of a server under test. */
function inherited(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, TZ: 'UTC' };
}
