import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storageOf } from '../../src/cli/backup/storage.js';
import { Interrupted } from '../../src/cli/shell.js';
import { openDatabase } from '../../src/store/data-source.js';
import type { TestDatabase } from '../databases/open-test-database.js';
import { databases, openMariaDb, seedOrganization } from '../databases/open-test-database.js';
import { runHere, startCli, temporaryFolder } from './cli-scene.js';
import { onServer } from './empty-database.js';

describe.each(databases)('backup and restore, on $name', ({ name, open }) => {
  const folder = temporaryFolder();
  const good = folder.file('good');
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await seedOrganization(database.database);
    expect((await runHere(database, 'backup', good)).code).toBe(0);
  });
  afterAll(async () => {
    await database.remove();
    folder.remove();
  });

  const organizations = async () => (await database.database.sql.all('SELECT id FROM organizations')).length;

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 3_000)],
    ['altered by one byte', (whole: Buffer) => altered(whole, 'organizations')],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('SELECT 1;\n'.repeat(500))],
    [
      'of no migration',
      (whole: Buffer) =>
        Buffer.from(whole.toString('latin1').replaceAll('migrations', 'migratiöns'), 'latin1'),
    ],
  ])('a backup that is %s is refused, and nothing is changed', async (kind, spoil) => {
    const file = folder.file(`bad ${kind}`);
    writeFileSync(file, spoil(readFileSync(good)));
    await database.database.close();
    const answered = await runHere(database, 'restore', file, '--yes');
    expect(answered).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/no backup|damaged/),
    });
    expect(await organizations()).toBe(1);
  });

  it('a backup of the other kind of database, of a newer version, and none at all are refused', async () => {
    const other = databases.find((kind) => kind.name !== name)!;
    const foreign = await other.open();
    expect((await runHere(foreign, 'backup', folder.file('foreign'))).code).toBe(0);
    await foreign.remove();
    const { sql } = database.database;
    await sql.run("INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Future1999999999999')");
    expect((await runHere(database, 'backup', folder.file('newer'))).code).toBe(0);
    await sql.run("DELETE FROM migrations WHERE name LIKE 'Future%'");
    for (const [file, sentence] of [
      ['foreign', 'no backup of this kind'],
      ['newer', 'made by a newer version (Future1999999999999)'],
      ['nowhere', 'There is no file'],
    ] as const)
      expect(await runHere(database, 'restore', folder.file(file), '--yes')).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(sentence),
      });
    expect(await organizations()).toBe(1);
  });

  it('a file that is there is not overwritten, and one that cannot be written is named', async () => {
    const before = readFileSync(good);
    expect(await runHere(database, 'backup', good)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('a file at'),
    });
    expect(readFileSync(good).equals(before)).toBe(true);
    const nowhere = folder.file('no/such/folder/backup');
    expect(await runHere(database, 'backup', nowhere)).toMatchObject({
      code: 1,
      stderr: `${nowhere} cannot be written (ENOENT).\n`,
    });
  });

  it('one that is interrupted leaves no file, not even a half one', async () => {
    const before = readdirSync(folder.path);
    const aborted = AbortSignal.abort(new Interrupted('SIGINT'));
    const backup = storageOf({ databaseUrl: database.url }).backup(folder.file('interrupted'), aborted);
    await expect(backup).rejects.toThrow(Interrupted);
    expect(readdirSync(folder.path)).toEqual(before);
  });
});

/** Another letter in the place of one of this word. */
function altered(whole: Buffer, word: string): Buffer {
  const copy = Buffer.from(whole);
  const at = copy.lastIndexOf(word);
  // Of SQLite's own pages a check sees the structure, so it is the structure that is altered there.
  if (copy.subarray(0, 6).toString() === 'SQLite') copy.fill(0xff, 4_096, 4_196);
  else copy[at] = 'X'.charCodeAt(0);
  return copy;
}

it('a restored SQLite file belongs to whom the one before belonged to, and nobody else reads it', async () => {
  const folder = temporaryFolder();
  const [path, backup] = [folder.file('twofold.sqlite'), folder.file('backup')];
  const url = `sqlite:${path}`;
  await runHere({ url }, 'migrate', 'up');
  await runHere({ url }, 'backup', backup);
  if (process.getuid?.() === 0) chownSync(path, 4_321, 4_321);
  const { uid } = statSync(path);
  expect((await runHere({ url }, 'restore', backup)).code).toBe(0);
  expect(statSync(path)).toMatchObject({ uid, size: statSync(backup).size });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  folder.remove();
});

describe("MariaDB's own programs", () => {
  const folder = temporaryFolder();
  const password = `p"a'ss\\wo#rd; %`;
  let database: TestDatabase;
  let url: string;
  beforeAll(async () => {
    database = await openMariaDb();
    await seedOrganization(database.database);
    const { pathname, host } = new URL(database.url);
    const account = `'clumsy${process.pid}'@'127.0.0.1'`;
    await onServer(`CREATE USER ${account} IDENTIFIED BY '${password.replace(/['\\]/g, '\\$&')}'`);
    await onServer(`GRANT ALL ON ${pathname.slice(1)}.* TO ${account}`);
    url = `mariadb://clumsy${process.pid}:${encodeURIComponent(password)}@${host}${pathname}`;
  });
  afterAll(async () => {
    await onServer(`DROP USER 'clumsy${process.pid}'@'127.0.0.1'`);
    await database.remove();
    folder.remove();
  });

  /** A program of this name that comes first in the path. */
  function inPath(name: string, script: string): Record<string, string> {
    const bin = folder.file(`bin${String(Math.random()).slice(2)}`);
    mkdirSync(bin);
    writeFileSync(`${bin}/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${bin}/${name}`, 0o755);
    return { PATH: [bin, process.env['PATH']].join(delimiter) };
  }
  const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('twofold-client-'));

  it('threat: the password shows in no list of processes: neither as an argument nor in an environment', async () => {
    const seen = folder.file('seen');
    const record = `{ printf '%s\\n' "$@"; env; } > '${seen}'\nexec /usr/bin/env PATH=/usr/bin:/bin mariadb-dump "$@"`;
    // The whole environment of the command is that of the shell: here the settings come from files, as in a container.
    const [urlFile] = [folder.file('database-url')];
    writeFileSync(urlFile, url);
    const environment = { ...inPath('mariadb-dump', record), DATABASE_URL_FILE: urlFile };
    const answered = await startCli({ environment }, 'backup', folder.file('by a clumsy user')).ended;
    expect(answered).toMatchObject({ code: 0 });
    expect(readFileSync(seen, 'utf8')).toContain('--single-transaction');
    expect(readFileSync(seen, 'utf8')).not.toContain('ss\\wo');
    expect(answered.stdout + answered.stderr).not.toContain('ss\\wo');
  });

  it('where they are not installed it says so, and where one fails its words are told and no file is there', async () => {
    const file = folder.file('never');
    const none = await startCli({ url, environment: { PATH: '' } }, 'backup', file).ended;
    expect(none).toMatchObject({ code: 3, stderr: expect.stringContaining('mariadb-dump is not here') });
    const failing = inPath('mariadb-dump', 'echo half\necho "the disk is full" >&2\nexit 3');
    expect(await startCli({ url, environment: failing }, 'backup', file).ended).toMatchObject({
      code: 1,
      stderr: 'mariadb-dump ended with 3: the disk is full\n',
    });
    expect(existsSync(file)).toBe(false);
  });

  it('a restore that breaks off in the middle leaves an empty database, not a half one', async () => {
    const half = inPath('mariadb', 'head -c 9000 | /usr/bin/env PATH=/usr/bin:/bin mariadb "$@"\nexit 1');
    await database.database.close();
    const words = ['restore', folder.file('by a clumsy user'), '--yes'];
    expect((await startCli({ url, environment: half }, ...words).ended).code).toBe(1);
    const tables = 'SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()';
    const opened = await openDatabase(url);
    expect(await opened.sql.all(tables)).toEqual([]);
    await opened.close();
    expect((await runHere({ url }, ...words)).code).toBe(0);
    expect(await database.database.sql.all('SELECT name FROM organizations')).toHaveLength(1);
  });

  it('Ctrl-C in the middle: exit code 130, the program is ended, and nothing half is left', async () => {
    const environment = inPath('mariadb-dump', 'echo half\necho $$ >&2\nexec sleep 60');
    const before = leftovers();
    const file = folder.file('interrupted');
    const backup = startCli({ url, environment }, 'backup', file, '--json');
    await expect
      .poll(() => readdirSync(folder.path).some((name) => name.endsWith('.part')), { timeout: 20_000 })
      .toBe(true);
    backup.kill('SIGINT');
    expect(await backup.ended).toMatchObject({ code: 130, stdout: expect.stringContaining('INTERRUPTED') });
    expect(readdirSync(folder.path).filter((name) => name.startsWith('interrupted'))).toEqual([]);
    expect(leftovers()).toEqual(before);
  });
});
