/** The packages bring no types; this is what is used of them. Everything happens at once, on the caller’s thread. */
declare namespace Database {
  interface Statement {
    run(...values: unknown[]): { changes: number };
    get(...values: unknown[]): unknown;
    all(...values: unknown[]): unknown[];
  }
}

/** better-sqlite3, in the version that this Node can have. */
declare class Database {
  constructor(path: string, options?: { readonly?: boolean; fileMustExist?: boolean });
  readonly inTransaction: boolean;
  prepare(sql: string): Database.Statement;
  pragma(text: string): unknown;
  exec(sql: string): this;
  /** `progress` answers how many pages come next; where it throws, the copy is given up. */
  backup(file: string, options: { progress: () => number }): Promise<unknown>;
  close(): this;
}

export = Database;
