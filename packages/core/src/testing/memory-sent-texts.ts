import type { SentTextStore } from '../delivery/sent-text-store.js';
import type { Receipt } from '../two-factor/second-factor.js';
import type { MemoryDatabase } from './memory-database.js';
import { update } from './memory-database.js';

export function memorySentTexts({ read, write, isInsideTransaction }: MemoryDatabase): SentTextStore {
  return {
    remember: (text) => write((tables) => void tables.sentTexts.set(keyOf(text), { ...text, outcome: null })),
    async lock(receipt) {
      if (!isInsideTransaction()) throw new Error('A lock without a transaction would be gone at once.');
      return read((tables) => tables.sentTexts.get(keyOf(receipt)) ?? null);
    },
    setOutcome: (receipt, outcome) =>
      write((tables) => void update(tables.sentTexts, keyOf(receipt), (text) => ({ ...text, outcome }))),
  };
}

const keyOf = ({ carrier, messageId }: Receipt) => `${carrier}:${messageId}`;
