import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../contestants/places.js';

export interface RunFacts {
  readonly users: number;
  readonly rounds: number;
  readonly pinned: boolean;
  readonly minutes: number;
}

/** What the figures depend on and what they were made with. */
export function factsOf({ users, rounds, pinned, minutes }: RunFacts, date: Date): string {
  const where = pinned ? 'the server on one core, the load on another' : 'without pinning: no taskset here';
  return [
    `- ${date.toISOString().slice(0, 10)}, commit ${commit()}, ${String(rounds)} rounds after one to warm up, ${minutes.toFixed(0)} minutes`,
    `- ${machine()}; ${where}`,
    `- Node ${process.version}, SQLite file, ${users.toLocaleString('en-GB')} users; ${peerVersions()}`,
  ].join('\n');
}

/** The processor, its cores and the memory. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${String(cpus().length)} cores, ${memory}`;
}

export function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function peerVersions(): string {
  const versions = (peer: string) =>
    (
      JSON.parse(readFileSync(join(root, 'packages/bench/peers', peer, 'package.json'), 'utf8')) as {
        dependencies: Record<string, string>;
      }
    ).dependencies;
  const { 'better-auth': betterAuth = '' } = versions('better-auth');
  const { '@accounts/server': server = '', 'apollo-server': apollo = '' } = versions('accounts');
  return `better-auth ${betterAuth}; @accounts/server ${server} under apollo-server ${apollo}`;
}
