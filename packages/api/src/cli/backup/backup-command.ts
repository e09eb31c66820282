import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../../config.js';
import { act } from '../act.js';
import { untilInterrupted } from '../interrupt.js';
import { placeOf, withDatabase } from '../open-database.js';
import type { Shell } from '../shell.js';
import { storageOf } from './storage.js';

/** `backup FILE`: while the API serves. */
export function backupCommand({ environment, root, terminal }: Shell): Command {
  const command = new Command('backup')
    .argument('<file>')
    .description('the whole database in a new file, as it is at this moment; the API may serve meanwhile');
  return act(command, terminal, ['backup /backups/2026-01-31.twofold'], async (call) => {
    const config = readConfig(environment, root);
    const file = resolve(call.words[0] ?? '');
    // A database that is not there, or not ours, would make a backup of nothing.
    await withDatabase(config, () => Promise.resolve());
    const startedAt = new Date();
    await untilInterrupted((signal) => storageOf(config).backup(file, signal));
    const bytes = statSync(file).size;
    call.terminal.print(`${file} holds ${placeOf(config.databaseUrl)} (${String(bytes)} bytes).`);
    call.terminal.note('The encryption keys are not in it: keep them apart, and for as long as this file.');
    return { file, bytes, startedAt: startedAt.toISOString() };
  });
}
