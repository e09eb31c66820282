/** The package brings no types; this is what the tests use of it. */
declare module 'better-sqlite3' {
  export default class Database {
    constructor(path: string);
    exec(sql: string): this;
    close(): this;
  }
}
