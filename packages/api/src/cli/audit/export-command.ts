import { setImmediate as nextTurn } from 'node:timers/promises';
import { exportAuditLog } from '@twofold/core/audit/export-audit-log';
import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import { Command, InvalidArgumentError, Option } from 'commander';
import { accountStore } from '../../store/users/account.store.js';
import type { Document } from '../act.js';
import { act } from '../act.js';
import { makeNewFile, writeDraft } from '../new-file.js';
import { untilInterrupted } from '../interrupt.js';
import type { OpenKeys } from '../keys/open-keys.js';
import type { Terminal } from '../shell.js';
import { CommandRefused } from '../shell.js';
import type { Format } from './line-format.js';
import { formats } from './line-format.js';
import { partsOf } from './parts-of.js';

interface Options {
  readonly since?: number;
  readonly until?: number;
  readonly organization?: string;
  readonly format: Format;
  readonly output?: string;
  readonly json: boolean;
}

type Open = <T>(work: (keys: OpenKeys) => Promise<T>) => Promise<T>;

export function exportCommand(terminal: Terminal, open: Open): Command {
  const command = new Command('export')
    .description('the lines with their places in the chain, oldest first')
    .option('--since <time>', 'from this moment on: 2026-01-31, or 2026-01-31T08:00:00Z', moment)
    .option('--until <time>', 'before this moment', moment)
    .option('--organization <name or id>', 'of this organisation alone')
    .addOption(
      new Option('--format <format>', 'a row, or a JSON document, a line')
        .choices(['csv', 'jsonl'])
        .default('csv'),
    )
    .option('--output <file>', 'into a new file that its owner alone can read; --json needs it');
  return act<Options>(
    command,
    terminal,
    [
      'audit export --since 2026-01-01 --until 2026-02-01 > january.csv',
      'audit export --organization "Demo Signage" --format jsonl --output demo.jsonl',
    ],
    (call) => {
      if (call.options.json && call.options.output === undefined)
        command.error('error: --json needs --output: standard output is for one document alone');
      return open((keys) => exportLines(keys, call.options, call.terminal));
    },
  );
}

async function exportLines(keys: OpenKeys, options: Options, terminal: Terminal): Promise<Document> {
  const organizationId =
    options.organization === undefined ? null : await organizationIdOf(keys, options.organization);
  const parts = partsOf(keys);
  // Those of the last two seconds have no place in the chain yet.
  await sealAuditLog(parts)();
  const { head, line } = formats[options.format];
  const filter = { organizationId, since: options.since ?? null, until: options.until ?? null };
  let lines = 0;
  async function* pages(signal: AbortSignal) {
    yield head;
    for await (const page of exportAuditLog(parts)(filter)) {
      // SQLite answers without waiting, and signals are heard between two turns alone.
      await nextTurn();
      signal.throwIfAborted();
      lines += page.length;
      yield page.map(line).join('');
    }
  }
  await untilInterrupted(async (signal) => {
    if (options.output !== undefined)
      return makeNewFile(options.output, (draft) => writeDraft(draft, pages(signal)));
    for await (const part of pages(signal)) await terminal.write(part);
  });
  terminal.note(`Lines: ${String(lines)}.`);
  return { lines, file: options.output };
}

async function organizationIdOf({ database }: OpenKeys, nameOrId: string): Promise<string> {
  const [found, ...more] = await accountStore(database).organizationsCalled(nameOrId);
  if (found === undefined) throw new CommandRefused('There is no such organisation.');
  if (more.length > 0) throw new CommandRefused('Several organisations have this name: take the id.');
  return found.id;
}

/** A day, or a moment with its zone: a time without one would mean another one on each machine. */
function moment(text: string): number {
  const isWhole = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const at = isWhole ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new InvalidArgumentError('It is a day, 2026-01-31, or a moment, 2026-01-31T08:00:00Z.');
  return at;
}
