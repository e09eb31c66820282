/** The package brings no types; this is what the bench uses of it. */
declare module 'better-sqlite3' {
  export interface Statement {
    run(...values: unknown[]): { changes: number };
    get(...values: unknown[]): unknown;
    all(...values: unknown[]): unknown[];
  }
  export default class Database {
    constructor(path: string, options?: { readonly?: boolean; fileMustExist?: boolean });
    prepare(sql: string): Statement;
    pragma(text: string): unknown;
    exec(sql: string): this;
    close(): this;
  }
}
