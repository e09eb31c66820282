import type { MigrationInterface } from 'typeorm';

/** What is gone once a migration is undone. */
export interface Loss {
  /** In the plural, as in "12 lines of the audit log". */
  readonly what: string;
  /** A SELECT of one number, `total`. */
  readonly count: string;
}

export interface Migration extends MigrationInterface {
  readonly losses: readonly Loss[];
}
