import { StatementFailed } from './database-unavailable.js';
import type { Engine, EngineOptions } from './engine.js';
import type { Loss } from '../migrations/migration.js';

type Migrations = EngineOptions['migrations'];

export interface MigrationHistory {
  /** Oldest first. */
  readonly done: readonly string[];
  readonly pending: readonly string[];
  /** Run by another version of the program. */
  readonly unknown: readonly string[];
}

export interface CountedLoss extends Pick<Loss, 'what'> {
  readonly total: number;
}

export async function migrationHistory(
  engine: Pick<Engine, 'all'>,
  migrations: Migrations,
): Promise<MigrationHistory> {
  const known = migrations.map(({ name }) => name);
  const done = await namesOfDone(engine);
  return {
    done: done.filter((name) => known.includes(name)),
    pending: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
  };
}

/** By the newest one that has run; where this version does not know it, nothing can be said, and it cannot be undone. */
export async function lossesOfUndoing(
  engine: Pick<Engine, 'all'>,
  migrations: Migrations,
): Promise<readonly CountedLoss[]> {
  const newest = (await namesOfDone(engine)).at(-1);
  const migration = migrations.find(({ name }) => name === newest);
  if (migration === undefined) return [];
  const losses = [];
  for (const { what, count } of new migration().losses) {
    const [row] = await engine.all<{ total: number }>(count);
    losses.push({ what, total: row?.total ?? 0 });
  }
  return losses;
}

async function namesOfDone(engine: Pick<Engine, 'all'>): Promise<string[]> {
  try {
    const rows = await engine.all<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    return rows.map(({ name }) => name);
  } catch (error) {
    // Nothing has run yet: the table itself is missing.
    const missing =
      error instanceof StatementFailed && ['SQLITE_ERROR', 'ER_NO_SUCH_TABLE'].includes(error.code);
    if (missing) return [];
    throw error;
  }
}
