import { isKeyId, opensCheck } from '../../adapters/keys/key-ring-check.js';
import type { KeyCheck } from '../../adapters/keys/key-ring-check.js';
import type { KeyRing } from '../../adapters/keys/key-ring.js';
import { sealedTables } from '../../store/keys/sealed-values.js';
import type { Document } from '../act.js';
import type { Terminal } from '../shell.js';
import type { OpenKeys } from './open-keys.js';

/** Values that were altered so that no id stands before them. */
const NO_KEY = '(no key id)';

/** keys list: the ids of all keys that are configured, known or used, and what each holds. Never a key. */
export async function listKeys(
  { ring, checks, values }: OpenKeys,
  terminal: Pick<Terminal, 'print'>,
): Promise<Document> {
  const known = await checks.all();
  const totals = new Map<string, number>();
  const used = new Set<string>();
  for (const { table, keyId, total } of await values.countByKey()) {
    const id = isKeyId(keyId) ? keyId : NO_KEY;
    used.add(id);
    totals.set(`${table} ${id}`, (totals.get(`${table} ${id}`) ?? 0) + total);
  }
  const ids = new Set([...ring.keys.map(({ id }) => id), ...known.map(({ keyId }) => keyId), ...used]);
  const rows: string[][] = [];
  for (const id of ids) {
    const auditLines = await values.countAuditLinesUnder(id);
    rows.push([
      id,
      ...sealedTables.map((table) => String(totals.get(`${table} ${id}`) ?? 0)),
      String(auditLines),
      stateOf(id, ring, known, used.has(id)),
    ]);
  }
  for (const line of aligned([
    ['KEY', ...sealedTables.map((table) => table.toUpperCase()), 'AUDIT LINES', 'STATE'],
    ...rows,
  ]))
    terminal.print(line);
  return {
    keys: rows.map(([id, factors, setups, auditLines, state]) => ({
      id,
      factors: Number(factors),
      setups: Number(setups),
      auditLines: Number(auditLines),
      state,
    })),
  };
}

function stateOf(id: string, ring: KeyRing, known: readonly KeyCheck[], used: boolean): string {
  if (id === NO_KEY) return 'altered';
  const key = ring.find(id);
  const check = known.find(({ keyId }) => keyId === id);
  if (key === undefined) return used ? 'MISSING' : 'not configured, not used';
  if (check === undefined) return 'no server has started with it yet';
  if (!opensCheck(key, check)) return 'WRONG: only the id is the same';
  return key === ring.newest ? 'newest' : used ? 'older' : 'older, not used';
}

/** Columns as wide as their widest word; the last one as it is. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((word, column) => (column === row.length - 1 ? word : word.padEnd(widths[column]!))).join('  '),
  );
}
