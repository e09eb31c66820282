import type { LimitStore } from '../limits/limit-store.js';
import type { SetupStore } from '../two-factor/setup-store.js';
import type { TwoFactorStore } from '../two-factor/two-factor-store.js';
import type { Factor, Setup } from '../two-factor/two-factor.js';
import { WRONG_CODES_A_SETUP } from '../two-factor/two-factor.js';
import type { MemoryDatabase } from './memory-database.js';
import { deleteWhere, update } from './memory-database.js';

export function memoryTwoFactors({ read, write }: MemoryDatabase): TwoFactorStore {
  return {
    find: (userId) => read((tables) => tables.twoFactors.get(userId) ?? null),
    replace: (twoFactor) =>
      write((tables) => {
        if (!tables.users.has(twoFactor.userId)) throw new Error('There is no such user.');
        tables.twoFactors.set(twoFactor.userId, { ...twoFactor, factors: inOrder(twoFactor.factors) });
      }),
    saveFactor: (userId, factor) =>
      write((tables) =>
        update(tables.twoFactors, userId, (twoFactor) => ({
          ...twoFactor,
          factors: inOrder([...twoFactor.factors.filter((other) => !samePlace(other, factor)), factor]),
        })),
      ),
    removeFactor: (userId, kind, slot) =>
      write((tables) => {
        update(tables.twoFactors, userId, (twoFactor) => ({
          ...twoFactor,
          factors: twoFactor.factors.filter((factor) => !samePlace(factor, { kind, slot })),
        }));
      }),
    useStep: (factorId, step) =>
      write((tables) => {
        const owner = [...tables.twoFactors.values()].find(({ factors }) =>
          factors.some(({ id }) => id === factorId),
        );
        const factor = owner?.factors.find(({ id }) => id === factorId);
        if (!owner || !factor || (factor.usedStep !== null && factor.usedStep >= step)) return false;
        const factors = owner.factors.map((other) =>
          other === factor ? { ...factor, usedStep: step } : other,
        );
        tables.twoFactors.set(owner.userId, { ...owner, factors });
        return true;
      }),
    setLastUsedAt: (userId, lastUsedAt) =>
      write(
        (tables) => void update(tables.twoFactors, userId, (twoFactor) => ({ ...twoFactor, lastUsedAt })),
      ),
    replaceRecoveryCode: (userId, recoveryCodeHash, recoveryCodeCreatedAt) =>
      write((tables) =>
        update(tables.twoFactors, userId, (twoFactor) => ({
          ...twoFactor,
          recoveryCodeHash,
          recoveryCodeCreatedAt,
        })),
      ),
    delete: (userId, recoveryCodeHash) =>
      write((tables) => {
        const inForce = tables.twoFactors.get(userId)?.recoveryCodeHash;
        if (recoveryCodeHash !== undefined && recoveryCodeHash !== inForce) return false;
        return tables.twoFactors.delete(userId);
      }),
  };
}

export function memorySetups({ read, write }: MemoryDatabase): SetupStore {
  return {
    replace: (setup) =>
      write((tables) => {
        if (!tables.sessions.has(setup.sessionId)) return false;
        deleteWhere(
          tables.setups,
          (other) =>
            other.sessionId === setup.sessionId &&
            other.purpose === setup.purpose &&
            other.slot === setup.slot,
        );
        tables.setups.set(setup.id, setup);
        return true;
      }),
    findLive: (sessionId, purpose, slot, now) =>
      read((tables) => {
        const live = [...tables.setups.values()]
          .filter((setup) => setup.sessionId === sessionId && setup.purpose === purpose)
          .filter((setup) => slot === null || setup.slot === slot)
          .filter((setup) => setup.expiresAt > now && setup.wrongCodes < WRONG_CODES_A_SETUP);
        return live.sort(newestFirst)[0] ?? null;
      }),
    countWrongCode: (id) =>
      write(
        (tables) =>
          void update(tables.setups, id, (setup) => ({ ...setup, wrongCodes: setup.wrongCodes + 1 })),
      ),
    take: (id) => write((tables) => tables.setups.delete(id)),
    endAll: (userId) =>
      write((tables) => void deleteWhere(tables.setups, (setup) => setup.userId === userId)),
  };
}

export function memoryLimits({ read, write, isInsideTransaction }: MemoryDatabase): LimitStore {
  const state = (key: string) => read((tables): unknown => tables.limits.get(key)?.state ?? null);
  return {
    peek: state,
    async lock(keys) {
      if (!isInsideTransaction()) throw new Error('A lock without a transaction would be gone at once.');
      return Promise.all(keys.map(state));
    },
    save: (key, value, expiresAt) =>
      write((tables) => {
        if (value === null) tables.limits.delete(key);
        // As text and back, so that a test sees what a database would keep of it.
        else tables.limits.set(key, { state: JSON.parse(JSON.stringify(value)) as unknown, expiresAt });
      }),
  };
}

function samePlace(a: Pick<Factor, 'kind' | 'slot'>, b: Pick<Factor, 'kind' | 'slot'>): boolean {
  return a.kind === b.kind && a.slot === b.slot;
}

function inOrder(factors: readonly Factor[]): Factor[] {
  return [...factors].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

function newestFirst(a: Setup, b: Setup): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
}
