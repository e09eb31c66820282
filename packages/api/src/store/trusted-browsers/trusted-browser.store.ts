import type { TrustedBrowserStore } from '@twofold/core/trusted-browsers/trusted-browser-store';
import type { KeptTrust, TrustedBrowser } from '@twofold/core/trusted-browsers/trusted-browser';
import type { Database } from '../data-source.js';
import { upsert } from '../engine/sql.js';
import type { TrustedBrowserRow } from './trusted-browser.table.js';

const SHOWN = 'id, user_id, organization_id, device, address, created_at, last_used_at, expires_at';

type ShownRow = Omit<TrustedBrowserRow, 'token_hash' | 'previous_hash' | 'rotated_at'>;

export function trustedBrowserStore({ sql }: Database): TrustedBrowserStore {
  return {
    save: (trust) => upsert(sql, 'trusted_browsers', toRow(trust)),
    async find(id, userId) {
      const row = await sql.first<TrustedBrowserRow>(
        `SELECT ${SHOWN}, token_hash, previous_hash, rotated_at FROM trusted_browsers WHERE id = ? AND user_id = ?`,
        [id, userId],
      );
      if (row === undefined) return null;
      const { token_hash: tokenHash, previous_hash: previousHash, rotated_at: rotatedAt } = row;
      return { ...toTrusted(row), tokenHash, previousHash, rotatedAt };
    },
    async use(tokenHash, used) {
      const written = await sql.run(
        `UPDATE trusted_browsers
         SET token_hash = ?, previous_hash = ?, rotated_at = ?, device = ?, address = ?, last_used_at = ?
         WHERE id = ? AND token_hash = ?`,
        [
          used.tokenHash,
          used.previousHash,
          used.rotatedAt,
          used.device,
          used.address,
          used.lastUsedAt,
          used.id,
          tokenHash,
        ],
      );
      return written === 1;
    },
    async list(userId, since, now) {
      const rows = await sql.all<ShownRow>(
        `SELECT ${SHOWN} FROM trusted_browsers WHERE user_id = ? AND created_at >= ? AND expires_at > ?
         ORDER BY last_used_at DESC, id DESC`,
        [userId, since, now],
      );
      return rows.map(toTrusted);
    },
    async keepNewest(userId, most) {
      const rows = await sql.all<{ id: string }>(
        'SELECT id FROM trusted_browsers WHERE user_id = ? ORDER BY last_used_at DESC, id DESC',
        [userId],
      );
      for (const { id } of rows.slice(most)) await sql.run('DELETE FROM trusted_browsers WHERE id = ?', [id]);
    },
    async end(userId, id) {
      return (await sql.run('DELETE FROM trusted_browsers WHERE id = ? AND user_id = ?', [id, userId])) === 1;
    },
    endAll: (userId) => sql.run('DELETE FROM trusted_browsers WHERE user_id = ?', [userId]),
    async endAllIn(organizationId) {
      await sql.run('DELETE FROM trusted_browsers WHERE organization_id = ?', [organizationId]);
    },
  };
}

function toRow(trust: KeptTrust) {
  return {
    id: trust.id,
    user_id: trust.userId,
    organization_id: trust.organizationId,
    token_hash: trust.tokenHash,
    previous_hash: trust.previousHash,
    rotated_at: trust.rotatedAt,
    device: trust.device,
    address: trust.address,
    created_at: trust.createdAt,
    last_used_at: trust.lastUsedAt,
    expires_at: trust.expiresAt,
  } satisfies TrustedBrowserRow;
}

function toTrusted(row: ShownRow): TrustedBrowser {
  return {
    id: row.id,
    userId: row.user_id,
    organizationId: row.organization_id,
    device: row.device,
    address: row.address,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}
