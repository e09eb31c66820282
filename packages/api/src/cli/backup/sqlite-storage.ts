import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { copySqlite, inspectSqlite, settleSqlite } from '../../store/engine/sqlite-copy.js';
import { draftBeside, makeNewFile, removeDraft } from '../new-file.js';
import { CommandFailed, CommandRefused } from '../shell.js';
import type { InspectedBackup, Storage } from './storage.js';

/** The backup is a SQLite file by itself. */
export function sqliteStorage(path: string): Storage {
  return {
    backup: (file, signal) =>
      makeNewFile(file, async (draft) => {
        writeFileSync(draft, '', { mode: 0o600, flag: 'wx' });
        await copySqlite(path, draft, signal);
        if ((await inspectSqlite(draft)) === null)
          throw new CommandFailed('The copy is damaged: is the database? PRAGMA integrity_check tells.');
      }),
    inspect: (file) => onCopy(file, path, (copy) => inspectSqlite(copy)),
    isInUse: async () => existsSync(path) && !(await settleSqlite(path)),
    async restore(file) {
      await onCopy(file, path, async (copy) => {
        if ((await inspectSqlite(copy)) === null)
          throw new CommandFailed('The backup has changed meanwhile.');
        // What stands in a WAL belongs to the old file, and would be written into the new one.
        if (existsSync(path) && !(await settleSqlite(path)))
          throw new CommandRefused('Another process has opened the database meanwhile.');
        giveToOwner(copy, existsSync(path) ? path : dirname(path));
        renameSync(copy, path);
        return null;
      });
    },
  };
}

/** Whoever restores as the machine's administrator must not shut the API's user out. */
function giveToOwner(copy: string, of: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(of);
  chownSync(copy, uid, gid);
}

/** To look at a SQLite file is to write beside it, and into it: the backup itself stays as it is. */
async function onCopy(
  file: string,
  path: string,
  work: (copy: string) => Promise<InspectedBackup | null>,
): Promise<InspectedBackup | null> {
  const copy = draftBeside(path);
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(copy, '', { mode: 0o600, flag: 'wx' });
    copyFileSync(file, copy);
    chmodSync(copy, 0o600);
    return await work(copy);
  } finally {
    removeDraft(copy);
  }
}
