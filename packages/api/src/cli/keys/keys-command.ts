import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../adapters/system-clock.js';
import { readConfig } from '../../config.js';
import { act } from '../act.js';
import type { Shell } from '../shell.js';
import { forgetKey } from './forget-key.js';
import { listKeys } from './list-keys.js';
import { newKey } from './new-key.js';
import type { OpenKeys } from './open-keys.js';
import { withKeys } from './open-keys.js';
import { rotateKeys } from './rotate-keys.js';

/** `keys …`: what an operator does with ENCRYPTION_KEYS (docs/guides/keys.md). */
export function keysCommand(shell: Shell): Command {
  const { environment, root, terminal } = shell;
  const open = <T>(work: (keys: OpenKeys) => Promise<T>) => withKeys(readConfig(environment, root), work);
  const keys = new Command('keys').description('the keys that phones and app secrets are sealed under');
  act(
    keys.command('list').description('ids, and how many values each key holds'),
    terminal,
    ['keys list', 'keys list --json'],
    (call) => open((opened) => listKeys(opened, call.terminal)),
  );
  act(
    keys.command('new').description('a fresh key, to stand in front of the others'),
    terminal,
    ['keys new'],
    (call) => Promise.resolve(newKey(shell, call.terminal, systemClock.now())),
  );
  act<{ pause: number }>(
    keys
      .command('rotate')
      .description('seal everything anew under the newest key, while the API serves')
      .option('--pause <ms>', 'wait between two batches of 100', milliseconds, 0),
    terminal,
    ['keys rotate', 'keys rotate --pause 200'],
    (call) => open((opened) => rotateKeys(opened, call.terminal, call.options)),
  );
  act<{ lost: boolean }>(
    keys
      .command('forget')
      .argument('<id>')
      .description('a key that is used and configured no longer')
      .option('--lost', 'delete what is sealed under it: the key is gone for good', false),
    terminal,
    ['keys forget 2026-01-05-a1b2', 'keys forget 2026-01-05-a1b2 --lost'],
    ({ words: [id = ''], options, terminal }) =>
      open((opened) => forgetKey(opened, terminal, { id, lost: options.lost })),
  );
  return keys;
}

function milliseconds(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is a number of milliseconds.');
  return Number(text);
}
