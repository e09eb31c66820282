import type { ShownSealedEvent } from '@twofold/core/audit/audit-chain-store';
import { csvRow } from '@twofold/core/audit/audit-csv';

export type Format = 'csv' | 'jsonl';

interface LineFormat {
  /** What comes before the first line. */
  readonly head: string;
  line(event: ShownSealedEvent): string;
}

const columns = [
  'position',
  'at',
  'action',
  'outcome',
  'organizationId',
  'userId',
  'userName',
  'method',
  'sessionId',
  'address',
  'device',
  'requestId',
  'id',
  'seal',
  'actorId',
  'actorName',
  'detail',
] as const satisfies readonly (keyof ShownSealedEvent)[];

const value = (event: ShownSealedEvent, column: (typeof columns)[number]) =>
  column === 'at' ? new Date(event.at).toISOString() : event[column];

export const formats: Readonly<Record<Format, LineFormat>> = {
  csv: {
    head: csvRow(columns),
    line: (event) => csvRow(columns.map((column) => String(value(event, column) ?? ''))),
  },
  jsonl: {
    head: '',
    line: (event) =>
      `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, value(event, column)])))}\n`,
  },
};
