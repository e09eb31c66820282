import { hkdfSync } from 'node:crypto';

/** A key of ENCRYPTION_KEYS. */
export interface MasterKey {
  readonly id: string;
  /** 256 bits. */
  readonly key: Buffer;
}

/** The keys that are derived from one master key, one a purpose. */
export interface RingKey {
  readonly id: string;
  readonly encryption: Buffer;
  readonly digest: Buffer;
}

export interface KeyRing {
  /** All of them, newest first. */
  readonly keys: readonly RingKey[];
  /** What is written, is written under this one. */
  readonly newest: RingKey;
  /** What is read, may be under any. */
  find(id: string): RingKey | undefined;
}

/** The keys in use, newest first. Throws where there is none. */
export function createKeyRing(keys: readonly MasterKey[]): KeyRing {
  const ring = keys.map(({ id, key }): RingKey => ({
    id,
    encryption: derive(key, 'twofold/encryption/aes-256-gcm/1'),
    digest: derive(key, 'twofold/digest/hmac-sha-256/1'),
  }));
  const newest = ring[0];
  if (newest === undefined) throw new Error('There is no encryption key.');
  const byId = new Map(ring.map((key) => [key.id, key]));
  return { keys: ring, newest, find: (id) => byId.get(id) };
}

/** A ring that seals under this key and opens nothing else. */
export function onlyKey(key: RingKey): KeyRing {
  return { keys: [key], newest: key, find: (id) => (id === key.id ? key : undefined) };
}

/** RFC 5869. A master key is uniformly random, so it needs no salt (3.1); `info` keeps the purposes apart (3.2). */
function derive(key: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), info, 32));
}
