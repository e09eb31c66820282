import { AuditEventsDocument, UsersDocument } from '@twofold/contract/graphql';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/data-source.js';
import { openDatabase } from '../../src/store/data-source.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import type { PrivateMariaDb } from './mariadb.js';
import { startMariaDb } from './mariadb.js';
import type { TestDatabase } from './open-test-database.js';
import { seedOrganization } from './open-test-database.js';

/** By the account that brought it, since one server stands for both. */
interface Statement {
  readonly by: string;
  readonly text: string;
}

describe('reads that may be late go to a replica, and nothing else does', () => {
  let server: PrivateMariaDb;
  let admin: mysql.Connection;
  let database: TestDatabase;
  let service: TestService;
  beforeAll(async () => {
    server = await startMariaDb();
    admin = await mysql.createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
    await admin.query('CREATE DATABASE twofold');
    await admin.query('CREATE USER writer, reader');
    await admin.query('GRANT ALL ON twofold.* TO writer');
    // As on a replica: who reads there cannot write.
    await admin.query('GRANT SELECT ON twofold.* TO reader');
    const url = as('writer');
    database = { name: 'MariaDB', url, database: await openDatabase(url), remove: () => Promise.resolve() };
    service = await openService(database, { config: { databaseReplicaUrls: [as('reader')] } });
    await admin.query("SET GLOBAL log_output = 'TABLE', GLOBAL general_log = ON");
  });
  afterAll(async () => {
    await service.close();
    await database.database.close();
    await admin.end();
    await server.remove();
  });
  const as = (user: string) => `${server.url.replace('root@', `${user}@`)}/twofold`;

  /** What was sent while `work` ran, but for the sealer of the audit log. */
  async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
    await admin.query('TRUNCATE mysql.general_log');
    await work();
    const [rows] = await admin.query<mysql.RowDataPacket[]>(
      "SELECT user_host, CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log WHERE command_type = 'Query'",
    );
    return rows.map((row) => ({
      by: /^(\w+)\[/.exec(String(row['user_host']))?.[1] ?? '',
      text: String(row['text']).replace(/\s+/g, ' ').trim(),
    }));
  }
  const textsBy = (statements: readonly Statement[], user: string) =>
    statements.filter(({ by }) => by === user).map(({ text }) => text);
  const isLate = (text: string) =>
    /FROM users u FORCE INDEX|SELECT COUNT|FROM audit_events FORCE INDEX/.test(text);

  it('the list of users, its number and the activity', async () => {
    const { user } = await service.organization();
    const client = await service.signedIn((await user({ role: 'OWNER' })).email);
    const statements = await statementsOf(async () => {
      await client.run(UsersDocument, { first: 10 });
      await client.run(AuditEventsDocument, { first: 10 });
    });
    const late = textsBy(statements, 'reader').filter(isLate);
    expect(new Set(late.map((text) => text.slice(0, 11)))).toEqual(
      new Set(['SELECT u.id', 'SELECT COUN', 'SELECT e.*,']),
    );
    expect(textsBy(statements, 'writer').filter(isLate)).toEqual([]);
    // Who asks is no matter that may be late.
    expect(textsBy(statements, 'writer')).toContainEqual(expect.stringContaining('FROM sessions s'));
  });

  it('nothing that a sign-in is decided by', async () => {
    const { user } = await service.organization();
    const { email } = await user();
    const statements = await statementsOf(async () => {
      const client = await service.signedIn(email);
      const { recoveryCode } = await client.enableApp(() => service.clock.now());
      expect(recoveryCode).not.toBe('');
      await service.client().challenge(email);
    });
    expect(textsBy(statements, 'writer').length).toBeGreaterThan(10);
    expect(textsBy(statements, 'reader').filter((text) => !/^(SET|DO|\/\*)/.test(text))).toEqual([]);
  });

  it('within a transaction a late read sees what the transaction has done', async () => {
    const on: Database = service.service.database;
    await on.transaction(async () => {
      const { id } = await seedOrganization(on, { name: 'just now' });
      const rows = await on.lateReads.all('SELECT id FROM organizations WHERE id = ?', [id]);
      expect(rows).toEqual([{ id }]);
    });
  });

  it('a replica that is out of reach is no outage: the writer answers', async () => {
    const gone = await openDatabase(as('writer'), ['mariadb://reader@127.0.0.1:1/twofold']);
    await seedOrganization(gone);
    expect(await gone.lateReads.all('SELECT id FROM organizations LIMIT 1')).toHaveLength(1);
    await gone.close();
  });

  it('a replica that does not know a table yet is no outage either', async () => {
    await admin.query('CREATE DATABASE behind');
    const behind = await openDatabase(as('writer'), [as('root').replace(/twofold$/, 'behind')]);
    await seedOrganization(behind);
    expect(await behind.lateReads.all('SELECT id FROM organizations LIMIT 1')).toHaveLength(1);
    await behind.close();
  });

  it('what by mistake would write to a replica is refused there', async () => {
    const statement = "UPDATE organizations SET name = 'written to a copy'";
    const both = await openDatabase(as('writer'), [as('root')]);
    await seedOrganization(both);
    await expect(both.lateReads.all(statement)).rejects.toThrow(/READ_ONLY/);
    expect(await both.sql.all("SELECT id FROM organizations WHERE name LIKE 'written%'")).toEqual([]);
    await both.close();
  });
});
