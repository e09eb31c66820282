import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../adapters/system-clock.js';
import { readConfig } from '../../config.js';
import type { Environment } from '../../environment.js';
import type { Terminal } from '../terminal.js';
import { forgetKey } from './forget-key.js';
import { listKeys } from './list-keys.js';
import { newKey } from './new-key.js';
import { withKeys } from './open-keys.js';
import { rotateKeys } from './rotate-keys.js';

/** `keys …`: what an operator does with ENCRYPTION_KEYS (docs/guides/keys.md). */
export function keysCommand(environment: Environment, root: string, terminal: Terminal): Command {
  const keys = new Command('keys').description('the keys that phones and app secrets are sealed under');
  keys
    .command('list')
    .description('ids, and how many values each key holds')
    .action(() => withKeys(readConfig(environment, root), (open) => listKeys(open, terminal)));
  keys
    .command('new')
    .description('a fresh key, to stand in front of the others')
    .action(() => newKey(environment, root, terminal, systemClock.now()));
  keys
    .command('rotate')
    .description('seal everything anew under the newest key, while the API serves')
    .option('--pause <ms>', 'wait between two batches of 100', milliseconds, 0)
    .action(async (pace: { pause: number }) => {
      const isComplete = await withKeys(readConfig(environment, root), (open) =>
        rotateKeys(open, terminal, pace),
      );
      if (!isComplete) process.exitCode = 1;
    });
  keys
    .command('forget <id>')
    .description('a key that is used and configured no longer')
    .option('--lost', 'delete what is sealed under it: the key is gone for good', false)
    .action((id: string, { lost }: { lost: boolean }) =>
      withKeys(readConfig(environment, root), (open) => forgetKey(open, terminal, { id, lost })),
    );
  return keys;
}

function milliseconds(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It is a number of milliseconds.');
  return Number(text);
}
