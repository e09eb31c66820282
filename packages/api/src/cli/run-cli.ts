import { Command } from 'commander';
import { ConfigError } from '../config.js';
import { auditCommand } from './audit/audit-command.js';
import { backupCommand } from './backup/backup-command.js';
import { restoreCommand } from './backup/restore-command.js';
import { configCommand } from './config/config-command.js';
import { demoCommand } from './demo/demo-command.js';
import { endingOf, exitCodes, explain } from './exit-code.js';
import { keysCommand } from './keys/keys-command.js';
import { migrateCommand } from './migrate/migrate-command.js';
import type { FullShell } from './shell.js';
import { smsCommand } from './sms/sms-command.js';
import { userCommand } from './user/user-command.js';

/** Runs one command and answers the exit code. Whatever becomes of it, `--json` prints one document. */
export async function runCli(words: readonly string[], shell: FullShell): Promise<number> {
  process.exitCode = exitCodes.DONE;
  try {
    await programOf(shell).parseAsync(words, { from: 'user' });
    return process.exitCode;
  } catch (error) {
    const ending = endingOf(error);
    if (ending === 'DONE') return exitCodes.DONE;
    const message = explain(error);
    // Commander has said by itself what is wrong with the words.
    if (ending !== 'WRONG_USAGE') shell.terminal.note(message);
    if (words.includes('--json'))
      shell.terminal.print(JSON.stringify({ error: { code: ending, message, ...faultsOf(error) } }));
    return exitCodes[ending];
  }
}

/** One by one, beside the message that lists them. */
const faultsOf = (error: unknown) => (error instanceof ConfigError ? { faults: error.faults } : {});

/** Every command that there is. */
export function programOf(shell: FullShell): Command {
  const program = new Command('cli')
    .description('What an operator of Twofold does beside serving. It reads the environment as the API does.')
    .addHelpText('after', '\nEach command tells more with --help. docs/guides/operate.md has them all.');
  for (const command of [
    migrateCommand(shell),
    userCommand(shell),
    keysCommand(shell),
    auditCommand(shell),
    backupCommand(shell),
    restoreCommand(shell),
    demoCommand(shell),
    configCommand(shell),
    smsCommand(shell),
  ])
    program.addCommand(command);
  throwing(program, shell);
  return program;
}

/** Commander would end the process by itself, with 1. */
function throwing(command: Command, shell: FullShell): void {
  const { terminal } = shell;
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.print(text.trimEnd()),
    writeErr: (text) => terminal.note(text.trimEnd()),
  });
  for (const sub of command.commands) throwing(sub, shell);
}
