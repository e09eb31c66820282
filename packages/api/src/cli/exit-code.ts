import { CommanderError } from 'commander';
import { KeyRingRefused } from '../adapters/keys/key-ring-check.js';
import { ConfigError } from '../config.js';
import { DatabaseUnavailable } from '../store/engine/database-unavailable.js';
import { CommandFailed, CommandRefused, Interrupted } from './shell.js';

/** The table is in docs/guides/operate.md. */
export const exitCodes = {
  DONE: 0,
  FAILED: 1,
  WRONG_USAGE: 2,
  REFUSED: 3,
  SETTINGS_FAULTY: 4,
  DATABASE_OUT_OF_REACH: 5,
  /** 128 and the number of the signal, as shells have it. */
  INTERRUPTED: 130,
  TERMINATED: 143,
} as const;

export type Ending = keyof typeof exitCodes;

export function endingOf(error: unknown): Ending {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 'DONE' : 'WRONG_USAGE';
  if (error instanceof ConfigError) return 'SETTINGS_FAULTY';
  if (error instanceof CommandRefused || error instanceof KeyRingRefused) return 'REFUSED';
  if (error instanceof DatabaseUnavailable) return 'DATABASE_OUT_OF_REACH';
  if (error instanceof Interrupted) return error.signal === 'SIGINT' ? 'INTERRUPTED' : 'TERMINATED';
  return 'FAILED';
}

/** What an operator can act on, without a stack where the cause is theirs. */
export function explain(error: unknown): string {
  if (error instanceof DatabaseUnavailable)
    return `${error.message} What was done stays; run it again later.`;
  if (endingOf(error) !== 'FAILED' || error instanceof CommandFailed) return (error as Error).message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
