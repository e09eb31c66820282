import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { checkKnownKeys, KeyRingRefused } from '../../adapters/keys/key-ring-check.js';
import type { Config } from '../../config.js';
import { readConfig } from '../../config.js';
import { StatementFailed } from '../../store/engine/database-unavailable.js';
import type { Database } from '../../store/data-source.js';
import { migrationNames } from '../../store/data-source.js';
import type { Document } from '../act.js';
import { act } from '../act.js';
import { untilInterrupted } from '../interrupt.js';
import { withKeys } from '../keys/open-keys.js';
import { placeOf, sqliteFile, withDatabase, withNewDatabase } from '../open-database.js';
import type { Shell, Terminal } from '../shell.js';
import { CommandRefused } from '../shell.js';
import { storageOf } from './storage.js';

/** `restore FILE`: what a backup holds, in the place of all that is there. */
export function restoreCommand({ environment, root, terminal }: Shell): Command {
  const command = new Command('restore')
    .argument('<file>')
    .description('put a backup in the place of the database; stop every API process before')
    .option('--yes', 'also where the database holds something, which is lost', false);
  const examples = ['restore /backups/2026-01-31.twofold', 'restore /backups/2026-01-31.twofold --yes'];
  return act<{ yes: boolean }>(command, terminal, examples, (call) =>
    restore(readConfig(environment, root), resolve(call.words[0] ?? ''), call.options.yes, call.terminal),
  );
}

async function restore(config: Config, file: string, yes: boolean, terminal: Terminal): Promise<Document> {
  const storage = storageOf(config);
  if (!existsSync(file)) throw new CommandRefused(`There is no file at ${file}.`);
  const inspected = await storage.inspect(file);
  if (inspected === null || inspected.migrations.length === 0)
    throw new CommandRefused(
      `${file} is no backup of this kind of database, or it is damaged. Nothing was changed.`,
    );
  const newer = inspected.migrations.filter((name) => !migrationNames.includes(name));
  if (newer.length > 0)
    throw new CommandRefused(
      `The backup was made by a newer version (${newer.join(', ')}). Nothing was changed.`,
    );
  if (!yes) await refuseOccupied(config);
  if (await storage.isInUse())
    throw new CommandRefused('The database is in use. Stop every API process first. Nothing was changed.');
  await untilInterrupted((signal) => storage.restore(file, signal));
  terminal.print(`${placeOf(config.databaseUrl)} holds what ${file} held.`);
  const keysFit = await tellWhatIsMissing(config, terminal);
  return { file, restored: true, ...keysFit };
}

async function refuseOccupied(config: Config): Promise<void> {
  const path = sqliteFile(config.databaseUrl);
  if (path !== null && !existsSync(path)) return;
  if (await withNewDatabase(config, holdsSomething))
    throw new CommandRefused(
      'The database is not empty, and all that it holds would be lost. Back it up, then say --yes.',
    );
}

async function holdsSomething({ sql }: Database): Promise<boolean> {
  for (const table of ['organizations', 'audit_events']) {
    try {
      if ((await sql.all(`SELECT id FROM ${table} LIMIT 1`)).length > 0) return true;
    } catch (error) {
      // Before the first migration there is no table.
      if (!(error instanceof StatementFailed)) throw error;
    }
  }
  return false;
}

/** What has to be done before the API can serve it. */
async function tellWhatIsMissing(config: Config, terminal: Terminal): Promise<Document> {
  const pending = await withDatabase(config, (database) => database.pendingMigrations(), { prepared: false });
  if (pending.length > 0) {
    terminal.note(`It is of an older version. Next: migrate up (${pending.join(', ')}).`);
    return { pending };
  }
  try {
    await withKeys(config, async (keys) => checkKnownKeys(keys.ring, keys));
    terminal.note('The configured keys are those of the backup. Next: audit verify, then start the API.');
    return { pending, keysFit: true };
  } catch (error) {
    if (!(error instanceof KeyRingRefused) && !(error instanceof CommandRefused)) throw error;
    terminal.note(error.message);
    return { pending, keysFit: false };
  }
}
