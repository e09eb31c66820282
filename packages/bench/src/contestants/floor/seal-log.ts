import type { Floor } from './floor.js';
import { transaction } from './statements.js';

const BATCH = 200;

interface Line {
  readonly id: string;
  readonly at: number;
  readonly action: string;
  readonly outcome: string;
  readonly organization_id: string | null;
  readonly user_id: string | null;
  readonly method: string | null;
  readonly session_id: string | null;
  readonly address: string | null;
  readonly device: string | null;
  readonly request_id: string | null;
}

/** Chains the lines of the audit log that are new, as the product does behind the requests: it is a part of their cost. */
export function sealLog(floor: Floor): void {
  const { sql, keys } = floor;
  for (;;) {
    const lines = sql.unsealed.all(BATCH) as Line[];
    if (lines.length === 0) return;
    transaction(sql, () => {
      let { position, seal } = sql.chainEnd.get() as { position: number; seal: string };
      for (const line of lines) {
        position += 1;
        seal = keys.keyed(textOf(seal, position, line), 'audit:seal');
        sql.sealLine.run(position, seal, line.id);
      }
      sql.moveChainEnd.run(position, seal);
    });
    if (lines.length < BATCH) return;
  }
}

function textOf(previousSeal: string, position: number, line: Line): string {
  const { id, at, action, outcome, organization_id, user_id, method, session_id } = line;
  return JSON.stringify([
    ...[1, previousSeal, position, id, at, action, outcome, organization_id, user_id, method, session_id],
    ...[line.address, line.device, line.request_id],
  ]);
}
