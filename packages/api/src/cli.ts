import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { KeyRingRefused } from './adapters/key-ring-check.js';
import { auditCommand } from './cli/audit/audit-command.js';
import { keysCommand } from './cli/keys/keys-command.js';
import { CommandRefused, processTerminal } from './cli/terminal.js';
import { ConfigError } from './config.js';
import { DatabaseUnavailable } from './store/database-unavailable.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const program = new Command('cli')
  .description('What an operator of Twofold does beside serving. It reads the environment as the API does.')
  .addCommand(keysCommand(process.env, root, processTerminal))
  .addCommand(auditCommand(process.env, root, processTerminal));

program.parseAsync().catch((error: unknown) => {
  processTerminal.note(explain(error));
  process.exitCode = 1;
});

/** What an operator can act on, without a stack where the cause is theirs. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof KeyRingRefused || error instanceof CommandRefused)
    return error.message;
  if (error instanceof DatabaseUnavailable)
    return `${error.message} What was done stays; run it again later.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
