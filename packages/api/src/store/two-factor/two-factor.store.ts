import type { Slot } from '@twofold/core/two-factor/second-factor';
import type { Factor, TwoFactor } from '@twofold/core/two-factor/two-factor';
import type { TwoFactorStore } from '@twofold/core/two-factor/two-factor-store';
import type { Database } from '../data-source.js';
import { isForeignKeyViolation } from '../engine/database-unavailable.js';
import { insert, upsert } from '../engine/sql.js';
import type { FactorRow, TwoFactorRow } from './two-factor.table.js';

type JoinedFactor = { [Column in keyof FactorRow as `factor_${Column}`]: FactorRow[Column] };

const FIND = `SELECT t.user_id, t.method, t.enabled_at, t.last_used_at, t.recovery_code_hash, t.recovery_code_created_at,
    f.id AS factor_id, f.kind AS factor_kind, f.slot AS factor_slot, f.sealed AS factor_sealed,
    f.used_step AS factor_used_step, f.created_at AS factor_created_at
  FROM two_factors t LEFT JOIN factors f ON f.user_id = t.user_id
  WHERE t.user_id = ? ORDER BY f.created_at, f.id`;

export function twoFactorStore({ sql, transaction }: Database): TwoFactorStore {
  return {
    async find(userId) {
      const rows = await sql.all<TwoFactorRow & (JoinedFactor | { factor_id: null })>(FIND, [userId]);
      const [first] = rows;
      return first === undefined ? null : toTwoFactor(first, rows);
    },
    replace: (twoFactor) =>
      transaction(async () => {
        // First the row that all factors hang on: who holds it changes them alone.
        await upsert(sql, 'two_factors', {
          user_id: twoFactor.userId,
          method: twoFactor.method,
          enabled_at: twoFactor.enabledAt,
          last_used_at: twoFactor.lastUsedAt,
          recovery_code_hash: twoFactor.recoveryCodeHash,
          recovery_code_created_at: twoFactor.recoveryCodeCreatedAt,
        });
        await sql.run('DELETE FROM factors WHERE user_id = ?', [twoFactor.userId]);
        for (const factor of twoFactor.factors) await insert(sql, 'factors', toRow(twoFactor.userId, factor));
      }),
    async saveFactor(userId, factor) {
      try {
        await upsert(sql, 'factors', toRow(userId, factor));
        return true;
      } catch (error) {
        // Its parent is gone: the foreign key is what decides, at the moment of the write.
        if (isForeignKeyViolation(error)) return false;
        throw error;
      }
    },
    async removeFactor(userId, kind, slot) {
      await sql.run('DELETE FROM factors WHERE user_id = ? AND kind = ? AND slot = ?', [userId, kind, slot]);
    },
    async useStep(factorId, step) {
      // RFC 6238, 5.2: a code is accepted once.
      const marked = await sql.run(
        'UPDATE factors SET used_step = ? WHERE id = ? AND (used_step IS NULL OR used_step < ?)',
        [step, factorId, step],
      );
      return marked === 1;
    },
    async setLastUsedAt(userId, at) {
      await sql.run('UPDATE two_factors SET last_used_at = ? WHERE user_id = ?', [at, userId]);
    },
    async replaceRecoveryCode(userId, hash, createdAt) {
      const replaced = await sql.run(
        'UPDATE two_factors SET recovery_code_hash = ?, recovery_code_created_at = ? WHERE user_id = ?',
        [hash, createdAt, userId],
      );
      return replaced === 1;
    },
    async delete(userId, recoveryCodeHash) {
      const deleted =
        recoveryCodeHash === undefined
          ? await sql.run('DELETE FROM two_factors WHERE user_id = ?', [userId])
          : await sql.run('DELETE FROM two_factors WHERE user_id = ? AND recovery_code_hash = ?', [
              userId,
              recoveryCodeHash,
            ]);
      return deleted === 1;
    },
  };
}

function toRow(userId: string, factor: Factor) {
  return {
    id: factor.id,
    user_id: userId,
    kind: factor.kind,
    slot: factor.slot,
    sealed: factor.sealed,
    used_step: factor.usedStep,
    created_at: factor.createdAt,
  } satisfies FactorRow;
}

function toTwoFactor(row: TwoFactorRow, rows: readonly (JoinedFactor | { factor_id: null })[]): TwoFactor {
  return {
    userId: row.user_id,
    method: row.method,
    enabledAt: row.enabled_at,
    lastUsedAt: row.last_used_at,
    recoveryCodeHash: row.recovery_code_hash,
    recoveryCodeCreatedAt: row.recovery_code_created_at,
    // The left join finds one row without a factor where there is none.
    factors: rows.flatMap((joined) => (joined.factor_id === null ? [] : [toFactor(joined)])),
  };
}

function toFactor(row: JoinedFactor): Factor {
  return {
    id: row.factor_id,
    kind: row.factor_kind,
    slot: row.factor_slot as Slot,
    sealed: row.factor_sealed,
    usedStep: row.factor_used_step,
    createdAt: row.factor_created_at,
  };
}
