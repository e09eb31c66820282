import { once } from 'node:events';
import type { SmsSender } from '@twofold/factors/server';
import type { Mailer } from '../adapters/mail/mailer.js';
import type { Environment } from '../environment.js';
import type { KeyboardInput } from './read-password.js';

/** Where a command writes. */
export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** A line about how it goes: not a part of the result. */
  note(line: string): void;
  /** A part of a result that is too long for the memory; resolves when there is room for the next one. */
  write(part: string): Promise<void>;
}

export const processTerminal: Terminal = {
  print: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  async write(part) {
    if (!process.stdout.write(part)) await once(process.stdout, 'drain');
  },
};

/** What every command is given. */
export interface Shell {
  readonly environment: Environment;
  /** The root of the repository: relative paths in the settings count from there. */
  readonly root: string;
  readonly terminal: Terminal;
}

/** What some commands need beside it. */
export interface FullShell extends Shell {
  readonly input: KeyboardInput;
  /** In the place of the configured one: for tests. */
  readonly mailer?: Mailer;
  readonly smsSender?: SmsSender;
}

/** A command will not do what it was asked to, and has done nothing. The message is the whole answer. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** A command began and could not finish. The message is the whole answer. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** Somebody ended it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: 'SIGINT' | 'SIGTERM') {
    super('Interrupted.');
  }
}
