import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The words that put a server on a core of its own; none where that cannot be done. Puts this process on another one. */
export function divideCores(): string[] {
  if (availableParallelism() < 2) return [];
  const { status } = spawnSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)]);
  return status === 0 ? ['taskset', '-c', '0'] : [];
}
