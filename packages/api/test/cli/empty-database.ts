import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';
import { temporaryFolder } from './cli-scene.js';

export interface EmptyDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** Databases in which nothing is, not even a table; on SQLite not even a file. */
export const emptyDatabases: readonly { readonly name: string; make(): Promise<EmptyDatabase> }[] = [
  {
    name: 'SQLite',
    make() {
      const folder = temporaryFolder();
      return Promise.resolve({
        url: `sqlite:${folder.file('twofold.sqlite')}`,
        remove: () => Promise.resolve(folder.remove()),
      });
    },
  },
  {
    name: 'MariaDB',
    async make() {
      const name = `twofold_${randomBytes(6).toString('hex')}`;
      await onServer(`CREATE DATABASE ${name}`);
      return { url: `${inject('mariadbUrl')}/${name}`, remove: () => onServer(`DROP DATABASE ${name}`) };
    },
  },
];

/** Runs a statement as the server's own administrator. */
export async function onServer(statement: string): Promise<void> {
  const { hostname, port, username } = new URL(inject('mariadbUrl'));
  const connection = await mysql.createConnection({ host: hostname, port: Number(port), user: username });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
