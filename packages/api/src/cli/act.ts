import type { Command } from 'commander';
import type { Terminal } from './shell.js';

/** What a command is called with. */
export interface Call<Options> {
  readonly words: readonly string[];
  readonly options: Options;
  readonly terminal: Terminal;
}

/** A command's result as data: what `--json` prints. */
export type Document = Readonly<Record<string, unknown>>;

/**
 * Gives a command its work, its examples and `--json`. The work prints lines for people, and answers the same as a document:
 * where that is asked for, it alone goes to standard output.
 */
export function act<Options extends object>(
  command: Command,
  terminal: Terminal,
  examples: readonly string[],
  work: (call: Call<Options>) => Promise<Document>,
): Command {
  return command
    .option('--json', 'the result as one JSON document on standard output, all else on standard error', false)
    .addHelpText('after', ['', 'Examples:', ...examples.map((words) => `  pnpm cli ${words}`)].join('\n'))
    .action(async () => {
      const options = command.opts<Options & { json: boolean }>();
      const words = command.args;
      if (!options.json) {
        await work({ words, options, terminal });
        return;
      }
      const aside = { ...terminal, print: terminal.note };
      terminal.print(JSON.stringify(await work({ words, options, terminal: aside })));
    });
}
