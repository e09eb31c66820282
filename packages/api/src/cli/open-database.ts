import { existsSync } from 'node:fs';
import type { Config } from '../config.js';
import type { Database } from '../store/data-source.js';
import { openDatabase } from '../store/data-source.js';
import { DatabaseUnavailable } from '../store/engine/database-unavailable.js';
import { urlsOfNodes } from '../store/engine/mariadb-url.js';
import { CommandRefused } from './shell.js';

type Databases = Pick<Config, 'databaseUrl'> & Partial<Pick<Config, 'databaseReplicaUrls'>>;

/** Where the database is, without who may open it. */
export function placeOf(databaseUrl: string): string {
  const file = sqliteFile(databaseUrl);
  if (file !== null) return file;
  const nodes = urlsOfNodes(databaseUrl).map((url) => new URL(url));
  return `${nodes[0]?.protocol ?? ''}//${nodes.map(({ host }) => host).join(',')}${nodes[0]?.pathname ?? ''}`;
}

/** The path of the file; null where it is no SQLite. */
export function sqliteFile(databaseUrl: string): string | null {
  return /^sqlite:(.*)$/.exec(databaseUrl)?.[1] ?? null;
}

/**
 * Opens the database for a command, and closes it after it. It makes none: a command with a wrong setting would otherwise
 * look at an empty one, and find it in order.
 *
 * @throws {CommandRefused} where there is none, or with `prepared` one that has to be migrated first
 */
export async function withDatabase<T>(
  given: Databases,
  work: (database: Database) => Promise<T>,
  { prepared }: { readonly prepared: boolean } = { prepared: true },
): Promise<T> {
  const file = sqliteFile(given.databaseUrl);
  if (file !== null && !existsSync(file)) throw new CommandRefused(`There is no database at ${file}.`);
  return withNewDatabase(given, async (database) => {
    if (prepared && (await database.pendingMigrations()).length > 0)
      throw new CommandRefused('The database has to be migrated first: migrate up.');
    return work(database);
  });
}

/** As `withDatabase`, but a SQLite file is made where there is none, and anything may be in it. */
export async function withNewDatabase<T>(
  { databaseUrl, databaseReplicaUrls = [] }: Databases,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(databaseUrl, databaseReplicaUrls);
  try {
    return await work(database);
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    throw new DatabaseUnavailable(`${error.code} at ${placeOf(databaseUrl)}`);
  } finally {
    await database.close();
  }
}
