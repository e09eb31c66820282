import type { Link, LinkPurpose } from '@twofold/core/links/link';
import type { LinkStore } from '@twofold/core/links/link-store';
import type { Database } from '../data-source.js';
import { insert } from '../engine/sql.js';
import type { LinkRow } from './link.table.js';

const COLUMNS = 'id, purpose, organization_id, user_id, created_by, payload, created_at, expires_at';

export function linkStore({ sql }: Database): LinkStore {
  return {
    create: (link, tokenHash) =>
      insert(sql, 'links', {
        id: link.id,
        purpose: link.purpose,
        token_hash: tokenHash,
        organization_id: link.organizationId,
        user_id: link.userId,
        created_by: link.createdBy,
        payload: link.payload === null ? null : JSON.stringify(link.payload),
        created_at: link.createdAt,
        expires_at: link.expiresAt,
      }),
    async findLive(tokenHash, purpose, now) {
      const row = await sql.first<LinkRow>(
        `SELECT ${COLUMNS} FROM links WHERE token_hash = ? AND purpose = ? AND expires_at > ?`,
        [tokenHash, purpose, now],
      );
      return row === undefined ? null : toLink(row);
    },
    async take(id) {
      return (await sql.run('DELETE FROM links WHERE id = ?', [id])) === 1;
    },
    async endAll(userId, purpose) {
      await sql.run('DELETE FROM links WHERE user_id = ? AND purpose = ?', [userId, purpose]);
    },
    async list(organizationId, purpose, now, first) {
      const rows = await sql.all<LinkRow>(
        `SELECT ${COLUMNS} FROM links WHERE organization_id = ? AND purpose = ? AND expires_at > ?
         ORDER BY created_at DESC, id DESC LIMIT ?`,
        [organizationId, purpose, now, first],
      );
      return rows.map(toLink);
    },
  };
}

function toLink(row: LinkRow): Link {
  return {
    id: row.id,
    purpose: row.purpose as LinkPurpose,
    organizationId: row.organization_id,
    userId: row.user_id,
    createdBy: row.created_by,
    payload: row.payload === null ? null : (JSON.parse(row.payload) as unknown),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
