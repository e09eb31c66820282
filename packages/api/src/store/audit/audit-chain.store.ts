import type { SealedEvent } from '@twofold/core/audit/audit-chain';
import type {
  AuditChainStore,
  ChainEnd,
  ChainFilter,
  SealedLine,
} from '@twofold/core/audit/audit-chain-store';
import type { ShownRow } from './audit.store.js';
import { EVENT_COLUMNS, namesOfEvents, toAuditEvent, toShownEvent } from './audit.store.js';
import type { AuditCheckpointRow, AuditEventRow } from './audit.table.js';
import type { Database } from '../data-source.js';
import type { Sql, Value } from '../engine/sql.js';
import { along, placeholders } from '../engine/sql.js';

type SealedRow = AuditEventRow & { readonly position: number; readonly seal: string };

/** So many lines a statement, or a long log would take longer than a statement may. */
const firstKept = (
  sql: Sql,
) => `SELECT MIN(CASE WHEN at >= ? THEN position END) AS kept, MAX(position) AS last FROM (
  SELECT position, at FROM audit_events ${along(sql, BY_POSITION)} WHERE position > ? ORDER BY position LIMIT 10000
) run`;

/** Lines are sealed in one statement: one by one, the way to MariaDB and back would be most of what it takes. */
const AT_ONCE = 50;

function sealing(lines: readonly SealedLine[]): [text: string, values: Value[]] {
  const each = lines.map(() => 'WHEN ? THEN ?').join(' ');
  const text = `UPDATE audit_events SET position = CASE id ${each} END, seal = CASE id ${each} END
    WHERE id IN (${placeholders(lines.length)}) AND position IS NULL`;
  const positions = lines.flatMap(({ id, position }) => [id, position]);
  const seals = lines.flatMap(({ id, seal }) => [id, seal]);
  return [text, [...positions, ...seals, ...lines.map(({ id }) => id)]];
}

const BY_POSITION = 'uq_audit_events_position';
const END = 'SELECT position, seal FROM audit_chain WHERE id = 1';

export function auditChainStore({ sql, isInsideTransaction }: Database): AuditChainStore {
  const readEnd = async (lock: string): Promise<ChainEnd> => {
    const [end] = await sql.all<{ position: number; seal: string }>(`${END} ${lock}`);
    if (!end) throw new Error('The end of the audit chain is missing: was the migration undone?');
    return end;
  };
  return {
    lockEnd() {
      if (!isInsideTransaction()) throw new Error('A lock without a transaction would be gone at once.');
      return readEnd(sql.dialect === 'sqlite' ? '' : 'FOR UPDATE');
    },
    end: () => readEnd(''),
    async moveEnd({ position, seal }) {
      await sql.run('UPDATE audit_chain SET position = ?, seal = ? WHERE id = 1', [position, seal]);
    },
    async unsealed(limit) {
      const rows = await sql.all<AuditEventRow>(
        `SELECT ${EVENT_COLUMNS} FROM audit_events WHERE position IS NULL ORDER BY at, id LIMIT ?`,
        [limit],
      );
      return rows.map(toAuditEvent);
    },
    async seal(lines) {
      for (let from = 0; from < lines.length; from += AT_ONCE) {
        const some = lines.slice(from, from + AT_ONCE);
        if ((await sql.run(...sealing(some))) !== some.length) throw new Error('A line was sealed twice.');
      }
    },
    async sealedAfter(position, limit) {
      const rows = await sql.all<SealedRow>(
        `SELECT ${EVENT_COLUMNS}, position, seal FROM audit_events WHERE position > ? ORDER BY position LIMIT ?`,
        [position, limit],
      );
      return rows.map(toSealedEvent);
    },
    async shownBetween(after, last, filter) {
      const { text, values } = conditionOf(filter);
      // By the writer: an export from a replica that is behind would miss lines, and nobody would know.
      const rows = await sql.all<SealedRow & ShownRow>(
        `SELECT e.*, u.name AS user_name, a.name AS actor_name FROM (
           SELECT ${EVENT_COLUMNS}, position, seal FROM audit_events ${along(sql, BY_POSITION)}
           WHERE position > ? AND position <= ? ${text} ORDER BY position LIMIT ?
         ) e ${namesOfEvents} ORDER BY e.position`,
        // Along the positions: by what the filter says, all that happened in an organisation would be sorted for each page.
        [after, last, ...values, last - after],
      );
      return rows.map((row) => ({ ...toShownEvent(row), ...toSealedEvent(row) }));
    },
    async newestCheckpoint() {
      const [row] = await sql.all<AuditCheckpointRow>(
        'SELECT position, seal, signature, made_at FROM audit_checkpoints ORDER BY position DESC LIMIT 1',
      );
      return row
        ? { position: row.position, seal: row.seal, signature: row.signature, madeAt: row.made_at }
        : null;
    },
    async addCheckpoint({ position, seal, signature, madeAt }) {
      const insert = 'INSERT INTO audit_checkpoints (position, seal, signature, made_at) VALUES (?, ?, ?, ?)';
      await sql.run(insert, [position, seal, signature, madeAt]);
    },
    async endOfLinesBefore(at) {
      // The first line that stays; what stands before it goes. Clocks of several nodes may differ, so the run is by position.
      let end = 0;
      for (;;) {
        const run = await sql.first<{ kept: number | null; last: number | null }>(firstKept(sql), [at, end]);
        if (run?.last == null) break;
        end = run.kept === null ? run.last : run.kept - 1;
        if (run.kept !== null) break;
      }
      const last = await sql.first<ChainEnd>('SELECT position, seal FROM audit_events WHERE position = ?', [
        end,
      ]);
      return last ?? null;
    },
    deleteUpTo: async (position, limit) => {
      const rows = await sql.all<{ id: string }>(
        'SELECT id FROM audit_events WHERE position <= ? ORDER BY position LIMIT ?',
        [position, limit],
      );
      for (const { id } of rows) await sql.run('DELETE FROM audit_events WHERE id = ?', [id]);
      return rows.length;
    },
  };
}

function toSealedEvent(row: SealedRow): SealedEvent {
  return { ...toAuditEvent(row), position: row.position, seal: row.seal };
}

function conditionOf({ organizationId, since, until }: ChainFilter): { text: string; values: Value[] } {
  const parts: [string, Value][] = [];
  if (organizationId !== null) parts.push(['AND organization_id = ?', organizationId]);
  if (since !== null) parts.push(['AND at >= ?', since]);
  if (until !== null) parts.push(['AND at < ?', until]);
  return { text: parts.map(([text]) => text).join(' '), values: parts.map(([, value]) => value) };
}
