import Database from '@twofold/sqlite';

const USER = `u.id AS user_id, u.email, u.name, u.role, u.created_at, u.last_sign_in_at,
  o.id AS organization_id, o.name AS organization_name, o.two_factor_required, t.method`;
const JOINS = `JOIN organizations o ON o.id = u.organization_id LEFT JOIN two_factors t ON t.user_id = u.id`;

export type Statements = ReturnType<typeof statementsOf>;

/** Every statement that the workloads take, prepared once, on the product's tables and with the product's durability. */
export function statementsOf(file: string) {
  const database = new Database(file, { fileMustExist: true });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  const insert = (table: string, columns: string) => {
    const values = columns.replaceAll(/\w+/g, '?');
    return database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${values})`);
  };
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    rollback: database.prepare('ROLLBACK'),
    credentials: database.prepare(
      `SELECT u.password_hash, u.disabled_at, ${USER} FROM users u ${JOINS} WHERE u.email = ?`,
    ),
    factors: database.prepare(
      `SELECT t.method, f.id, f.kind, f.sealed, f.used_step FROM two_factors t JOIN factors f ON f.user_id = t.user_id
        WHERE t.user_id = ? AND f.slot = 'PRIMARY' ORDER BY f.created_at, f.id`,
    ),
    challenge: database.prepare(
      `SELECT c.id AS challenge_id, c.keep_signed_in, c.transport, ${USER}
        FROM challenges c JOIN users u ON u.id = c.user_id ${JOINS}
        WHERE c.token_hash = ? AND c.expires_at > ? AND u.disabled_at IS NULL`,
    ),
    session: database.prepare(
      `SELECT s.id AS session_id, s.last_seen_at, s.idle_expires_at, s.absolute_expires_at, s.keep_signed_in,
        s.password_confirmed_until, ${USER} FROM sessions s JOIN users u ON u.id = s.user_id ${JOINS}
        WHERE s.token_hash = ? AND s.idle_expires_at > ? AND s.absolute_expires_at > ? AND u.disabled_at IS NULL`,
    ),
    touch: database.prepare('UPDATE sessions SET last_seen_at = ?, idle_expires_at = ? WHERE id = ?'),
    page: database.prepare(
      `SELECT ${USER} FROM users u ${JOINS} WHERE u.organization_id = ? ORDER BY u.name_key ASC, u.id ASC LIMIT ?`,
    ),
    total: database.prepare('SELECT COUNT(*) AS total FROM users WHERE organization_id = ?'),
    limit: database.prepare('SELECT state FROM limits WHERE limit_key = ?'),
    saveLimit: database.prepare(
      `INSERT INTO limits (limit_key, state, expires_at) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET state = excluded.state, expires_at = excluded.expires_at`,
    ),
    dropLimit: database.prepare('DELETE FROM limits WHERE limit_key = ?'),
    newChallenge: insert(
      'challenges',
      'id, user_id, token_hash, transport, keep_signed_in, browser_id, created_at, expires_at',
    ),
    takeChallenge: database.prepare('DELETE FROM challenges WHERE id = ?'),
    useStep: database.prepare(
      'UPDATE factors SET used_step = ? WHERE id = ? AND (used_step IS NULL OR used_step < ?)',
    ),
    twoFactorUsed: database.prepare('UPDATE two_factors SET last_used_at = ? WHERE user_id = ?'),
    newSession: insert(
      'sessions',
      `id, user_id, token_hash, signed_in_at, last_seen_at, idle_expires_at, absolute_expires_at, keep_signed_in,
        browser_id, password_confirmed_until, phone_change_free_until`,
    ),
    signedIn: database.prepare('UPDATE users SET last_sign_in_at = ? WHERE id = ?'),
    newLine: insert(
      'audit_events',
      `id, at, action, outcome, organization_id, user_id, method, session_id, address, device, request_id`,
    ),
    chainEnd: database.prepare('SELECT position, seal FROM audit_chain WHERE id = 1'),
    moveChainEnd: database.prepare('UPDATE audit_chain SET position = ?, seal = ? WHERE id = 1'),
    unsealed: database.prepare(
      `SELECT id, at, action, outcome, organization_id, user_id, method, session_id, address, device, request_id
        FROM audit_events WHERE position IS NULL ORDER BY at, id LIMIT ?`,
    ),
    sealLine: database.prepare(
      'UPDATE audit_events SET position = ?, seal = ? WHERE id = ? AND position IS NULL',
    ),
  };
}

/** All that `work` writes, or nothing. */
export function transaction<T>({ begin, commit, rollback }: Statements, work: () => T): T {
  begin.run();
  try {
    const result = work();
    commit.run();
    return result;
  } catch (error) {
    rollback.run();
    throw error;
  }
}
