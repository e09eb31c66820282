import type { LinkStore } from '../links/link-store.js';
import type { MemoryDatabase } from './memory-database.js';
import { deleteWhere } from './memory-database.js';

export function memoryLinks({ read, write }: MemoryDatabase): LinkStore {
  return {
    create: (link, tokenHash) => write((tables) => void tables.links.set(link.id, { link, tokenHash })),
    findLive: (tokenHash, purpose, now) =>
      read((tables) => {
        const found = [...tables.links.values()].find((row) => row.tokenHash === tokenHash)?.link;
        return found && found.purpose === purpose && found.expiresAt > now ? found : null;
      }),
    take: (id) => write((tables) => tables.links.delete(id)),
    endAll: (userId, purpose) =>
      write(
        (tables) =>
          void deleteWhere(tables.links, ({ link }) => link.userId === userId && link.purpose === purpose),
      ),
    list: (organizationId, purpose, now, first) =>
      read((tables) =>
        [...tables.links.values()]
          .map(({ link }) => link)
          .filter((link) => link.organizationId === organizationId && link.purpose === purpose)
          .filter((link) => link.expiresAt > now)
          .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
          .slice(0, first),
      ),
  };
}
