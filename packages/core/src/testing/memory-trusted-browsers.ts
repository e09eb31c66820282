import type { TrustedBrowserStore } from '../trusted-browsers/trusted-browser-store.js';
import type { KeptTrust, TrustedBrowser } from '../trusted-browsers/trusted-browser.js';
import type { MemoryDatabase, Tables } from './memory-database.js';
import { deleteWhere } from './memory-database.js';

export function memoryTrustedBrowsers({ read, write }: MemoryDatabase): TrustedBrowserStore {
  const ofUser = ({ trustedBrowsers }: Tables, userId: string) =>
    [...trustedBrowsers.values()]
      .filter((trust) => trust.userId === userId)
      .sort((a, b) => b.lastUsedAt - a.lastUsedAt || (a.id < b.id ? 1 : -1));

  return {
    save: (trust) =>
      write((tables) => {
        if (!tables.users.has(trust.userId)) throw new Error('There is no such user.');
        tables.trustedBrowsers.set(trust.id, trust);
      }),
    find: (id, userId) =>
      read((tables) => {
        const found = tables.trustedBrowsers.get(id);
        return found?.userId === userId ? found : null;
      }),
    use: (tokenHash, used) =>
      write((tables) => {
        if (tables.trustedBrowsers.get(used.id)?.tokenHash !== tokenHash) return false;
        tables.trustedBrowsers.set(used.id, used);
        return true;
      }),
    list: (userId, since, now) =>
      read((tables) =>
        ofUser(tables, userId)
          .filter(({ createdAt, expiresAt }) => createdAt >= since && expiresAt > now)
          .map(shown),
      ),
    keepNewest: (userId, most) =>
      write((tables) => {
        for (const { id } of ofUser(tables, userId).slice(most)) tables.trustedBrowsers.delete(id);
      }),
    end: (userId, id) =>
      write(
        (tables) => deleteWhere(tables.trustedBrowsers, (one) => one.id === id && one.userId === userId) > 0,
      ),
    endAll: (userId) =>
      write((tables) => deleteWhere(tables.trustedBrowsers, (one) => one.userId === userId)),
    endAllIn: (organizationId) =>
      write(
        (tables) => void deleteWhere(tables.trustedBrowsers, (one) => one.organizationId === organizationId),
      ),
  };
}

function shown({ tokenHash, previousHash, rotatedAt, ...trust }: KeptTrust): TrustedBrowser {
  void [tokenHash, previousHash, rotatedAt];
  return trust;
}
