import type { Place } from '@twofold/core/ports';
import { createAesCipher } from './aes-cipher.js';
import type { KeyRing, RingKey } from './key-ring.js';
import { onlyKey } from './key-ring.js';

/** For each key that a server has started with, a value sealed under it. */
export interface KeyChecks {
  all(): Promise<readonly KeyCheck[]>;
  /** False where there is one for this key already. */
  add(keyId: string, sealed: string): Promise<boolean>;
}

export interface KeyCheck {
  readonly keyId: string;
  readonly sealed: string;
}

/** The users' sealed values. Both look through tables, and are asked only where the keys have changed. */
export interface ValuesByKey {
  countByKey(): Promise<readonly { readonly keyId: string }[]>;
  /** A few under this key; none where it is not used. */
  anyUnder(keyId: string): Promise<readonly { readonly place: Place; readonly sealed: string }[]>;
}

export interface StoredKeys {
  readonly checks: KeyChecks;
  readonly values: ValuesByKey;
}

/** These are not the keys of this database. The message is for its operator: it names ids, and never a key. */
export class KeyRingRefused extends Error {
  override readonly name = 'KeyRingRefused';
}

/** The table never holds anything secret: that it opens is all that it tells. */
const CHECK = 'This key opens.';

/**
 * Makes sure that the keys are those which this database was written with, before anything is sealed or opened, and
 * remembers the new ones. Under a wrong key a server would lock its users out, and seal what the right one cannot open.
 *
 * @throws {KeyRingRefused} where a key is not the one that had its id, or one is missing that values are sealed under
 */
export async function checkKeyRing(ring: KeyRing, stored: StoredKeys): Promise<void> {
  const known = await checkKnownKeys(ring, stored);
  const fresh = ring.keys.filter(({ id }) => !known.has(id));
  for (const key of fresh) await refuseUnlessItOpens(key, stored.values);
  for (const key of fresh) {
    const check = createAesCipher(onlyKey(key)).seal(CHECK, placeOf(key.id));
    // Another process was first: its key with this id must be the same one.
    if (!(await stored.checks.add(key.id, check))) refuseWrongKeys(ring, await stored.checks.all());
  }
}

/**
 * As `checkKeyRing`, but writes nothing. Answers the ids that the database knows.
 *
 * @throws {KeyRingRefused}
 */
export async function checkKnownKeys(ring: KeyRing, stored: StoredKeys): Promise<ReadonlySet<string>> {
  const checks = await stored.checks.all();
  refuseWrongKeys(ring, checks);
  const missing = await missingKeys(ring, checks, stored.values);
  if (missing.length > 0)
    throw new KeyRingRefused(
      `The encryption keys lack ${named(missing)}, and stored phones or app secrets are sealed with what is missing. ` +
        'Put it back behind the others. If it is lost for good, docs/guides/keys.md says how to get going again.',
    );
  return new Set(checks.map(({ keyId }) => keyId));
}

/** Whether it is the key that this check was made with. */
export function opensCheck(key: RingKey, { keyId, sealed }: KeyCheck): boolean {
  return opens(key, { place: placeOf(keyId), sealed });
}

const placeOf = (keyId: string) => ({ table: 'key_checks', column: 'sealed', row: keyId });

function opens(key: RingKey, { place, sealed }: { place: Place; sealed: string }): boolean {
  try {
    createAesCipher(onlyKey(key)).open(sealed, place);
    return true;
  } catch {
    return false;
  }
}

function refuseWrongKeys(ring: KeyRing, checks: readonly KeyCheck[]): void {
  const wrong = checks.filter((check) => {
    const key = ring.find(check.keyId);
    return key !== undefined && !opensCheck(key, check);
  });
  if (wrong.length > 0) throw wrongKey(wrong.map(({ keyId }) => keyId));
}

/** Of a key whose check is not there, as in a database from before there were any, the values themselves tell. Several,
 *  since one may have been altered. */
async function refuseUnlessItOpens(key: RingKey, values: ValuesByKey): Promise<void> {
  const sample = await values.anyUnder(key.id);
  if (sample.length > 0 && !sample.some((value) => opens(key, value))) throw wrongKey([key.id]);
}

async function missingKeys(
  ring: KeyRing,
  checks: readonly KeyCheck[],
  values: ValuesByKey,
): Promise<string[]> {
  const isMissing = (keyId: string) => ring.find(keyId) === undefined;
  if (checks.length === 0) {
    const used = new Set((await values.countByKey()).map(({ keyId }) => keyId));
    return [...used].filter((keyId) => isKeyId(keyId) && isMissing(keyId));
  }
  const missing = [];
  for (const { keyId } of checks)
    if (isMissing(keyId) && (await values.anyUnder(keyId)).length > 0) missing.push(keyId);
  return missing;
}

/** What was altered can have anything in the place of an id. */
export function isKeyId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,32}$/.test(text);
}

function wrongKey(ids: readonly string[]): KeyRingRefused {
  return new KeyRingRefused(
    `The encryption key ${named(ids)} is not the one that this database was written with: only the id is the same. ` +
      'Put the right one back; nothing was changed.',
  );
}

const named = (ids: readonly string[]) => ids.map((id) => `"${id}"`).join(', ');
