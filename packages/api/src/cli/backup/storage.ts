import type { Config } from '../../config.js';
import { mariadbStorage } from './mariadb-storage.js';
import { sqliteFile } from '../open-database.js';
import { sqliteStorage } from './sqlite-storage.js';

export interface InspectedBackup {
  /** Those that had run when it was made. */
  readonly migrations: readonly string[];
}

/** How one kind of database is written into a file, and back. */
export interface Storage {
  /** Makes the file, of what is committed at one moment after the call, while others write. */
  backup(file: string, signal: AbortSignal): Promise<void>;
  /** Looks through the whole file. Null where it is no backup of this kind of database, or is damaged. */
  inspect(file: string): Promise<InspectedBackup | null>;
  /** Whether another process has the database open. */
  isInUse(): Promise<boolean>;
  /** Puts the file's content in the place of all that is there. Where it fails, nothing half is left. */
  restore(file: string, signal: AbortSignal): Promise<void>;
}

export function storageOf({ databaseUrl }: Pick<Config, 'databaseUrl'>): Storage {
  const file = sqliteFile(databaseUrl);
  return file === null ? mariadbStorage(databaseUrl) : sqliteStorage(file);
}
