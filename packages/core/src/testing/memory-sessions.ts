import type { SessionStore } from '../session/session-store.js';
import type { Session } from '../session/session.js';
import { expiresAt } from '../session/session.js';
import type { ChallengeStore } from '../sign-in/challenge-store.js';
import type { MemoryDatabase, StoredUser, Tables } from './memory-database.js';
import { deleteWhere, update } from './memory-database.js';
import { joined } from './memory-users.js';

export function memorySessions({ read, write }: MemoryDatabase): SessionStore {
  const change = (id: string, changed: Partial<Session>) =>
    write((tables) => {
      update(tables.sessions, id, (row) => ({ ...row, session: { ...row.session, ...changed } }));
    });

  return {
    create: (session, tokenHash) =>
      write((tables) => {
        mustExist(tables, session.userId);
        mustBeNew(tables.sessions, tokenHash);
        tables.sessions.set(session.id, { session, tokenHash });
      }),
    findLive: (tokenHash, now) =>
      read((tables) => {
        const row = [...tables.sessions.values()].find((candidate) => candidate.tokenHash === tokenHash);
        if (!row || expiresAt(row.session) <= now) return null;
        const user = enabledUser(tables, row.session.userId);
        return user ? { session: row.session, user: joined(tables, user) } : null;
      }),
    touch: (id, lastSeenAt, idleExpiresAt, address) =>
      change(id, { lastSeenAt, idleExpiresAt, address }).then(() => true),
    confirmPassword: (id, passwordConfirmedUntil) => change(id, { passwordConfirmedUntil }),
    freePhoneChange: (id, phoneChangeFreeUntil) => change(id, { phoneChangeFreeUntil }),
    end: (id) =>
      write((tables) => {
        deleteWhere(tables.setups, (setup) => setup.sessionId === id);
        return tables.sessions.delete(id);
      }),
    list: (userId, now, first) =>
      read((tables) =>
        [...tables.sessions.values()]
          .map(({ session }) => session)
          .filter((session) => session.userId === userId && expiresAt(session) > now)
          .sort((a, b) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? 1 : -1))
          .slice(0, first),
      ),
    endOf: (userId, id, now) =>
      write((tables) => {
        const session = tables.sessions.get(id)?.session;
        if (session?.userId !== userId || expiresAt(session) <= now) return false;
        deleteWhere(tables.setups, (setup) => setup.sessionId === id);
        return tables.sessions.delete(id);
      }),
    endAll: (userId, exceptId, now) =>
      write((tables) => {
        const ending = [...tables.sessions.values()]
          .map((row) => row.session)
          .filter((session) => session.userId === userId && session.id !== exceptId);
        for (const { id } of ending) {
          tables.sessions.delete(id);
          deleteWhere(tables.setups, (setup) => setup.sessionId === id);
        }
        return ending.filter((session) => expiresAt(session) > now).length;
      }),
  };
}

export function memoryChallenges({ read, write }: MemoryDatabase): ChallengeStore {
  return {
    create: (challenge, tokenHash) =>
      write((tables) => {
        mustExist(tables, challenge.userId);
        mustBeNew(tables.challenges, tokenHash);
        tables.challenges.set(challenge.id, { challenge, tokenHash });
      }),
    findLive: (tokenHash, now) =>
      read((tables) => {
        const row = [...tables.challenges.values()].find((candidate) => candidate.tokenHash === tokenHash);
        if (!row || row.challenge.expiresAt <= now) return null;
        const user = enabledUser(tables, row.challenge.userId);
        return user ? { challenge: row.challenge, user: joined(tables, user) } : null;
      }),
    setSentCode: (id, sentCode) =>
      write((tables) => {
        update(tables.challenges, id, (row) => ({ ...row, challenge: { ...row.challenge, sentCode } }));
      }),
    take: (id) => write((tables) => tables.challenges.delete(id)),
    endAll: (userId) =>
      write((tables) => void deleteWhere(tables.challenges, (row) => row.challenge.userId === userId)),
  };
}

function enabledUser(tables: Tables, userId: string): StoredUser | null {
  const user = tables.users.get(userId);
  return user?.disabledAt === null ? user : null;
}

function mustExist(tables: Tables, userId: string): void {
  if (!tables.users.has(userId)) throw new Error('There is no such user.');
}

function mustBeNew(table: Map<string, { readonly tokenHash: string }>, tokenHash: string): void {
  if ([...table.values()].some((row) => row.tokenHash === tokenHash)) throw new Error('The token exists.');
}
