import { randomUUID } from 'node:crypto';
import Database from '@twofold/sqlite';

/**
 * Where accounts-js keeps users and sessions is up to whoever uses it. Its own store for SQLite is of years ago and of
 * another major version, so it gets one of prepared statements here: the least that its interface can cost.
 */
export function openStore(file) {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec(`
    CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, email TEXT UNIQUE, services TEXT, created_at INTEGER);
    CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, user_id TEXT, token TEXT UNIQUE, valid INTEGER,
      user_agent TEXT, ip TEXT, created_at INTEGER, updated_at INTEGER);`);
  const byId = database.prepare('SELECT * FROM users WHERE id = ?');
  const byEmail = database.prepare('SELECT * FROM users WHERE email = ?');
  const newSession = database.prepare('INSERT INTO sessions VALUES (?, ?, ?, 1, ?, ?, ?, ?)');
  const sessionById = database.prepare('SELECT * FROM sessions WHERE id = ?');
  const sessionByToken = database.prepare('SELECT * FROM sessions WHERE token = ?');
  const newUser = database.prepare('INSERT INTO users VALUES (?, ?, ?, ?)');

  return {
    database,
    addUser: (id, email, services) => newUser.run(id, email, JSON.stringify(services), Date.now()),
    findUserById: async (id) => toUser(byId.get(id)),
    findUserByEmail: async (email) => toUser(byEmail.get(email.toLowerCase())),
    findUserByUsername: async () => null,
    findPasswordHash: async (id) => toUser(byId.get(id))?.services.password.bcrypt ?? null,
    async createSession(userId, token, { ip = null, userAgent = null }) {
      const id = randomUUID();
      newSession.run(id, userId, token, userAgent, ip, Date.now(), Date.now());
      return id;
    },
    findSessionById: async (id) => toSession(sessionById.get(id)),
    findSessionByToken: async (token) => toSession(sessionByToken.get(token)),
  };
}

function toUser(row) {
  if (row === undefined) return null;
  const emails = [{ address: row.email, verified: true }];
  return { id: row.id, emails, services: JSON.parse(row.services), deactivated: false };
}

function toSession(row) {
  return row === undefined ? null : { ...row, userId: row.user_id, valid: row.valid === 1 };
}
