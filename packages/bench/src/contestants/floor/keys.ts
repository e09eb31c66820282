import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * The same protection of what is stored as in the product, and in the same format: the floor runs on a database of the
 * product, and a floor that spared itself the ciphers would be no floor of this work.
 */
export interface Keys {
  seal(plaintext: string, row: string): string;
  open(sealed: string, row: string): string;
  keyed(value: string, context: string): string;
}

/** @param line of ENCRYPTION_KEYS: one key as `id:base64` */
export function keysOf(line: string): Keys {
  const [id = '', encoded = ''] = line.split(':');
  const master = Buffer.from(encoded, 'base64');
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), info, 32));
  const encryption = derive('twofold/encryption/aes-256-gcm/1');
  const digest = derive('twofold/digest/hmac-sha-256/1');
  const binding = (row: string) => Buffer.from(JSON.stringify(['factors', 'sealed', row]));

  return {
    seal(plaintext, row) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', encryption, nonce);
      cipher.setAAD(binding(row));
      const parts = [nonce, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${id}.${Buffer.concat(parts).toString('base64url')}`;
    },
    open(sealed, row) {
      const bytes = Buffer.from(sealed.slice(id.length + 1), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', encryption, bytes.subarray(0, 12));
      decipher.setAAD(binding(row));
      decipher.setAuthTag(bytes.subarray(-16));
      return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
    },
    keyed(value, context) {
      const mac = createHmac('sha256', digest).update(JSON.stringify([context, value]));
      return `${id}.${mac.digest('base64url')}`;
    },
  };
}
