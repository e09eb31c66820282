import { Command } from 'commander';
import { readConfig } from '../../config.js';
import type { Database } from '../../store/data-source.js';
import { DatabaseUnavailable } from '../../store/engine/database-unavailable.js';
import type { Document } from '../act.js';
import { act } from '../act.js';
import { withDatabase, withNewDatabase } from '../open-database.js';
import type { Shell, Terminal } from '../shell.js';
import { CommandRefused } from '../shell.js';

/** In milliseconds: how long another process may migrate before this one gives up. */
const WAIT_FOR_OTHERS = 10 * 60_000;

/** `migrate …`: the schema, without starting the API. */
export function migrateCommand({ environment, root, terminal }: Shell): Command {
  const config = () => readConfig(environment, root);
  const migrate = new Command('migrate').description('the schema of the database, step by step');
  act(
    migrate.command('up').description('run what is pending, as each start of the API does'),
    terminal,
    ['migrate up'],
    (call) => withNewDatabase(config(), (database) => up(database, call.terminal)),
  );
  act<{ yes: boolean }>(
    migrate
      .command('down')
      .description('take the newest migration back; it tells first what would be lost')
      .option('--yes', 'do it', false),
    terminal,
    ['migrate down', 'migrate down --yes'],
    (call) =>
      withDatabase(config(), (database) => down(database, call.terminal, call.options.yes), {
        prepared: false,
      }),
  );
  act(
    migrate.command('status').description('which migrations have run and which have not'),
    terminal,
    ['migrate status', 'migrate status --json'],
    (call) => withDatabase(config(), (database) => status(database, call.terminal), { prepared: false }),
  );
  return migrate;
}

async function up(database: Database, terminal: Terminal): Promise<Document> {
  const before = await database.migrationHistory();
  await migrateInTurn(database, terminal);
  const { done } = await database.migrationHistory();
  const run = done.filter((name) => !before.done.includes(name));
  terminal.print(run.length === 0 ? 'Nothing is pending.' : `Done: ${run.join(', ')}.`);
  return { done: run };
}

/** Another process may hold the lock for as long as its tables are large. Each attempt waits for some seconds by itself. */
async function migrateInTurn(database: Database, terminal: Terminal): Promise<void> {
  const givenUpAt = performance.now() + WAIT_FOR_OTHERS;
  for (;;) {
    try {
      return await database.migrate();
    } catch (error) {
      const isLocked =
        error instanceof DatabaseUnavailable && /^(MIGRATION_LOCKED|SQLITE_BUSY)/.test(error.code);
      if (!isLocked || performance.now() > givenUpAt) throw error;
      terminal.note('Another process migrates. Waiting for it.');
    }
  }
}

async function down(database: Database, terminal: Terminal, yes: boolean): Promise<Document> {
  const { done, unknown } = await database.migrationHistory();
  const newest = done.at(-1);
  if (unknown.length > 0)
    throw new CommandRefused(
      `The database was migrated by a newer version (${unknown.join(', ')}): only that one can take it back.`,
    );
  if (newest === undefined) throw new CommandRefused('No migration has run.');
  const losses = await database.lossesOfUndoing();
  const lost = losses.filter(({ total }) => total > 0).map(({ what, total }) => `${String(total)} ${what}`);
  const sentence = `Without ${newest} ${lost.length === 0 ? 'nothing is lost' : `these are deleted: ${lost.join(', ')}`}.`;
  if (!yes)
    throw new CommandRefused(
      `${sentence} Stop every API process, back up, and say --yes. A process of this version that starts runs it again.`,
    );
  terminal.note(sentence);
  await database.undoNewestMigration();
  terminal.print(`Taken back: ${newest}.`);
  return { undone: newest, lost: Object.fromEntries(losses.map(({ what, total }) => [what, total])) };
}

async function status(database: Database, terminal: Terminal): Promise<Document> {
  const history = await database.migrationHistory();
  for (const name of history.done) terminal.print(`done     ${name}`);
  for (const name of history.pending) terminal.print(`pending  ${name}`);
  for (const name of history.unknown) terminal.print(`newer    ${name} (of another version)`);
  return { ...history };
}
