import type { Document } from '../act.js';
import type { Terminal } from '../shell.js';
import { CommandRefused } from '../shell.js';
import type { OpenKeys } from './open-keys.js';

/**
 * keys forget: the database knows this key no longer. With `lost`, what is sealed under it is deleted: two-factor stays on
 * for its users, and of their ways to sign in the recovery code is left.
 *
 * @throws {CommandRefused} where the key is still configured, or used and not given up as lost
 */
export async function forgetKey(
  { ring, checks, values }: OpenKeys,
  terminal: Pick<Terminal, 'print' | 'note'>,
  { id, lost }: { readonly id: string; readonly lost: boolean },
): Promise<Document> {
  if (ring.find(id) !== undefined)
    throw new CommandRefused(`"${id}" is still among the configured keys. Take it out first, and restart.`);
  if (!lost && (await values.anyUnder(id)).length > 0)
    throw new CommandRefused(
      `Values are still sealed under "${id}". With the key, put it back behind the others and run keys rotate. ` +
        `Without it, keys forget ${id} --lost deletes them: their users then sign in with their recovery codes.`,
    );
  const discarded = lost ? await values.discardUnder(id) : 0;
  const isRemoved = await checks.remove(id);
  if (!isRemoved && discarded === 0) throw new CommandRefused(`The database knows no key "${id}".`);
  const auditLines = await values.countAuditLinesUnder(id);
  if (auditLines > 0) terminal.note(`${auditLines} lines of the audit log cannot be verified without it`);
  if (lost) terminal.print(`${discarded} values that nobody could open any more are deleted`);
  terminal.print(`"${id}" is forgotten`);
  return { forgotten: id, discardedValues: discarded, unverifiableAuditLines: auditLines };
}
