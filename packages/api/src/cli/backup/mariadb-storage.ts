import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../store/data-source.js';
import { serverOf } from '../../store/engine/mariadb-url.js';
import { placeholders } from '../../store/engine/sql.js';
import { tables } from '../../store/tables.js';
import { makeNewFile, writeDraft } from '../new-file.js';
import { withNewDatabase } from '../open-database.js';
import { dumpFile, inspectDumpFile } from './dump-file.js';
import { runMariaDbProgram } from './mariadb-client.js';
import type { Storage } from './storage.js';

const DUMP = [
  '--single-transaction',
  '--quick',
  '--skip-add-locks',
  '--skip-triggers',
  '--no-tablespaces',
  '--hex-blob',
  '--default-character-set=utf8mb4',
];

/** The backup is what mariadb-dump writes of our tables; others in the same database are left alone. */
export function mariadbStorage(databaseUrl: string): Storage {
  const server = serverOf(databaseUrl);
  const withDatabase = <T>(work: (database: Database) => Promise<T>) =>
    withNewDatabase({ databaseUrl }, work);
  return {
    async backup(file, signal) {
      const { names, migrations } = await withDatabase(async (database) => ({
        names: await ownTables(database),
        migrations: await database.migrationHistory(),
      }));
      const words = [...DUMP, server.database, ...names];
      const done = [...migrations.done, ...migrations.unknown];
      // What was written goes where the program ends badly, whatever its checksum says.
      await makeNewFile(file, (draft) =>
        runMariaDbProgram('mariadb-dump', server, words, signal, ({ stdin, stdout }) => {
          stdin.end();
          return writeDraft(draft, dumpFile(done, stdout));
        }),
      );
    },
    inspect: inspectDumpFile,
    isInUse: () => withDatabase(hasOthers),
    async restore(file, signal) {
      await withDatabase(dropOwnTables);
      try {
        const words = ['--default-character-set=utf8mb4', server.database];
        await runMariaDbProgram('mariadb', server, words, signal, ({ stdin, stdout }) => {
          stdout.resume();
          return pipeline(createReadStream(file), stdin);
        });
      } catch (error) {
        await withDatabase(dropOwnTables);
        throw error;
      }
    },
  };
}

/** A connection that was closed a moment ago is listed for a little longer. */
async function hasOthers({ sql }: Database): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const others = await sql.all(
      'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
    );
    if (others.length === 0) return false;
    if (attempt === 10) return true;
    await sleep(100);
  }
}

async function ownTables({ sql }: Database): Promise<string[]> {
  const names = [...tables.map(({ options }) => options.name), 'migrations'];
  const rows = await sql.all<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name IN (${placeholders(names.length)})`,
    names,
  );
  return rows.map(({ name }) => name);
}

/** In the order of the foreign keys: children first. */
async function dropOwnTables(database: Database): Promise<void> {
  const there = new Set(await ownTables(database));
  const childrenFirst = ['migrations', ...tables.map(({ options }) => options.name).reverse()];
  for (const name of childrenFirst) if (there.has(name)) await database.sql.run(`DROP TABLE ${name}`);
}
