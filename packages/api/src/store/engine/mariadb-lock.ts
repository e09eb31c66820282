import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable, StatementFailed } from './database-unavailable.js';
import { CONTENTION, translate } from './mariadb-errors.js';
import type { Sql } from './sql.js';

/** In milliseconds. */
const WAIT = 5_000;
/** Of a holder that died, others wait this long for the end of. */
const LEASE = 30_000;

/**
 * Does `work` while no other node does the same under this name.
 *
 * @throws {DatabaseUnavailable} MIGRATION_LOCKED, where another one is at it for long
 */
export async function holdingLock(sql: Sql, name: string, work: () => Promise<unknown>): Promise<void> {
  const release = (await isCluster(sql)) ? await lockByLease(sql) : await lockByName(sql, name);
  try {
    await work();
  } catch (error) {
    throw translate(error, 'migrate');
  } finally {
    await release();
  }
}

/** In a Galera cluster GET_LOCK is granted by each node for itself: two of them would migrate at once. */
async function isCluster(sql: Sql): Promise<boolean> {
  const rows = await sql.all<{ Value: string }>("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'");
  return rows[0]?.Value === 'ON';
}

async function lockByName(sql: Sql, name: string): Promise<() => Promise<unknown>> {
  const get = `SELECT GET_LOCK(?, ${WAIT / 1_000}) AS locked`;
  const [row] = await sql.all<{ locked: number | null }>(get, [name]);
  if (row?.locked !== 1) throw new DatabaseUnavailable('MIGRATION_LOCKED');
  return () => sql.all('SELECT RELEASE_LOCK(?)', [name]);
}

/** By a row that certification lets one of all nodes change. It is renewed while it is held, so that it runs out where its
 *  holder dies. */
async function lockByLease(sql: Sql): Promise<() => Promise<unknown>> {
  await sql.run(
    'CREATE TABLE IF NOT EXISTS migration_lock (id INT PRIMARY KEY, holder VARCHAR(36), held_until BIGINT NOT NULL)',
  );
  await unlessAnother(() => sql.run('INSERT IGNORE INTO migration_lock VALUES (1, NULL, 0)'));
  const [{ holder } = { holder: '' }] = await sql.all<{ holder: string }>('SELECT UUID() AS holder');
  const now = 'ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000)';
  const take = `UPDATE migration_lock SET holder = ?, held_until = ${now} + ${LEASE} WHERE id = 1 AND (held_until < ${now} OR holder = ?)`;
  const taken = () => unlessAnother(() => sql.run(take, [holder, holder]));
  const latest = performance.now() + WAIT;
  while ((await taken()) !== 1) {
    if (performance.now() > latest) throw new DatabaseUnavailable('MIGRATION_LOCKED');
    await sleep(100);
  }
  let lost = false;
  const renew = () =>
    taken().then(
      (rows) => void (lost ||= rows !== 1),
      () => void (lost = true),
    );
  const renewing = setInterval(() => void renew(), LEASE / 3);
  return async () => {
    clearInterval(renewing);
    const given = await unlessAnother(() =>
      sql.run('UPDATE migration_lock SET held_until = 0 WHERE holder = ?', [holder]),
    );
    // Another one may have migrated beside this one. Each looks again at what is pending when it starts anew.
    if (lost || given !== 1) throw new DatabaseUnavailable('MIGRATION_LOCK_LOST');
  };
}

/** How many rows were written: none where another node wrote first. */
async function unlessAnother(write: () => Promise<number>): Promise<number> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof StatementFailed && CONTENTION.has(error.code)) return 0;
    throw error;
  }
}
