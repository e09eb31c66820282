import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Cipher, Place } from '@twofold/core/ports';
import type { KeyRing } from './key-ring.js';

const ALGORITHM = 'aes-256-gcm';
/** NIST SP 800-38D, 8.2.2: a random nonce of 96 bits is safe for 2^32 values a key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value does not open. Names neither the key nor the value. */
export class SealedValueError extends Error {
  override readonly name = 'SealedValueError';
  constructor(
    readonly place: Place,
    readonly reason: 'its key is not in the ring' | 'it was altered or moved',
  ) {
    super(`A sealed value of ${place.table}.${place.column} does not open: ${reason}.`);
  }
}

/**
 * AES-256-GCM. A sealed value reads `keyId.base64url(nonce | ciphertext | tag)` and is bound to its place.
 *
 * @param onRefused is told of each value that does not open: somebody may have written to the database past this program
 */
export function createAesCipher(
  ring: KeyRing,
  onRefused: (refusal: SealedValueError) => void = () => undefined,
): Cipher {
  function refuse(place: Place, reason: SealedValueError['reason']): never {
    const refusal = new SealedValueError(place, reason);
    onRefused(refusal);
    throw refusal;
  }

  return {
    seal(plaintext, place) {
      const { id, encryption } = ring.newest;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, encryption, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(bindingTo(place));
      const sealed = Buffer.concat([
        nonce,
        cipher.update(plaintext, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return `${id}.${sealed.toString('base64url')}`;
    },

    open(sealed, place) {
      const [id = '', text = '', ...rest] = sealed.split('.');
      const key = ring.find(id);
      if (key === undefined) return refuse(place, 'its key is not in the ring');
      const bytes = Buffer.from(text, 'base64url');
      // Buffer skips what is not base64url; only the one spelling that `seal` wrote is taken.
      const altered = rest.length > 0 || bytes.toString('base64url') !== text;
      const plaintext =
        altered || bytes.length < NONCE_BYTES + TAG_BYTES ? null : decrypt(key.encryption, bytes, place);
      return plaintext ?? refuse(place, 'it was altered or moved');
    },
  };
}

/** Null where the tag does not match. */
function decrypt(key: Buffer, sealed: Buffer, place: Place): string | null {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bindingTo(place));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const plaintext = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([plaintext, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** JSON keeps the three names apart: `a.b` in `c` is not `a` in `b.c`. */
function bindingTo({ table, column, row }: Place): Buffer {
  return Buffer.from(JSON.stringify([table, column, row]));
}
