import { setTimeout as sleep } from 'node:timers/promises';
import type { Cipher } from '@twofold/core/ports';
import { createAesCipher, SealedValueError } from '../../adapters/keys/aes-cipher.js';
import { checkKnownKeys } from '../../adapters/keys/key-ring-check.js';
import type { SealedTable, SealedValue, SealedValues } from '../../store/keys/sealed-values.js';
import { sealedTables } from '../../store/keys/sealed-values.js';
import type { Document } from '../act.js';
import type { Terminal as FullTerminal } from '../shell.js';
import { CommandRefused } from '../shell.js';
import { exitCodes } from '../exit-code.js';
import type { OpenKeys } from './open-keys.js';

type Terminal = Pick<FullTerminal, 'print' | 'note'>;

export interface Pace {
  /** Between two batches, in milliseconds: for a database that has enough to do. */
  readonly pause: number;
}

/** How much is told of values that do not open, a table. */
const TOLD = 20;
/** In milliseconds. */
const TELL_EVERY = 1_000;

/**
 * keys rotate: seals every value anew under the newest key, while the API serves. Each value carries the id of its key, so
 * a run that was cut short is continued by the next one; and each is written only in the place of the one that was read,
 * so a change that the API makes meanwhile stays. Where not everything is under the newest key, the end is no success.
 *
 * @throws {KeyRingRefused} where the keys are not those of the database: then nothing is written
 * @throws {CommandRefused} where no server has started with the newest key: it could not open what is sealed under it
 */
export async function rotateKeys(keys: OpenKeys, terminal: Terminal, pace: Pace): Promise<Document> {
  const { ring, values } = keys;
  const newest = ring.newest.id;
  const known = await checkKnownKeys(ring, keys);
  if (!known.has(newest))
    throw new CommandRefused(
      `No server has started with the key "${newest}" yet, so none could open what is sealed under it. ` +
        'Restart every API process with it first.',
    );
  const cipher = createAesCipher(ring);
  const tables: Record<string, { resealed: number; refused: number }> = {};
  for (const table of sealedTables) {
    const { resealed, refused } = await rotateTable(values, cipher, { table, newest }, terminal, pace);
    tellRefused(refused, terminal);
    if (refused.length > 0) process.exitCode = exitCodes.FAILED;
    tables[table] = { resealed, refused: refused.length };
    terminal.print(`${table}: ${resealed} sealed anew under "${newest}", ${refused.length} do not open`);
  }
  await forgetUnused(keys, known, terminal);
  return { newest, tables };
}

interface Rotated {
  readonly resealed: number;
  readonly refused: readonly SealedValueError[];
}

/** Passes until one finds nothing more to do: while one ran, a server may have sealed under the key before. */
async function rotateTable(
  values: SealedValues,
  cipher: Cipher,
  { table, newest }: { table: SealedTable; newest: string },
  terminal: Terminal,
  { pause }: Pace,
): Promise<Rotated> {
  const total = await values.countNotUnder(table, newest);
  let resealed = 0;
  let toldAt = -Infinity;
  for (;;) {
    const before = resealed;
    const refused: SealedValueError[] = [];
    for (let after = ''; ; await sleep(pause)) {
      const batch = await values.batchNotUnder(table, newest, after);
      const last = batch.at(-1);
      if (last === undefined) break;
      after = last.place.row;
      resealed += await values.replace(batch.flatMap((value) => sealAnew(cipher, value, refused)));
      if (performance.now() - toldAt < TELL_EVERY) continue;
      toldAt = performance.now();
      terminal.note(`${table}: ${resealed} of ${total}`);
    }
    if (resealed === before) return { resealed, refused };
  }
}

function sealAnew(cipher: Cipher, { place, sealed }: SealedValue, refused: SealedValueError[]) {
  try {
    return [{ place, sealed, by: cipher.seal(cipher.open(sealed, place), place) }];
  } catch (error) {
    if (!(error instanceof SealedValueError)) throw error;
    refused.push(error);
    return [];
  }
}

function tellRefused(refused: readonly SealedValueError[], terminal: Terminal): void {
  for (const { place, reason } of refused.slice(0, TOLD))
    terminal.note(`${place.table}.${place.column} of the row ${place.row} does not open: ${reason}`);
  if (refused.length > TOLD) terminal.note(`… and ${refused.length - TOLD} more`);
}

/** A key that is neither configured nor used is not one of this database any more. */
async function forgetUnused(
  { ring, checks, values }: OpenKeys,
  known: ReadonlySet<string>,
  terminal: Terminal,
): Promise<void> {
  for (const keyId of known) {
    if (keyId === ring.newest.id || (await values.anyUnder(keyId)).length > 0) continue;
    const auditLines = await values.countAuditLinesUnder(keyId);
    if (ring.find(keyId) === undefined) {
      if (await checks.remove(keyId)) terminal.print(`"${keyId}" is forgotten`);
    } else if (auditLines > 0)
      terminal.print(
        `"${keyId}" seals no value any more, but ${auditLines} lines of the audit log are verified by it`,
      );
    else terminal.print(`"${keyId}" is not used any more: take it out of the keys, and restart`);
  }
}
