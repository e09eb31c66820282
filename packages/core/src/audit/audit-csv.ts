import type { ShownEvent } from './audit-log.js';

const columns = [
  'at',
  'action',
  'outcome',
  'userId',
  'userName',
  'method',
  'sessionId',
  'address',
  'device',
  'requestId',
  'actorId',
  'actorName',
  'detail',
] as const;

/** RFC 4180, with a header. `time` writes a moment. */
export function toCsv(events: readonly ShownEvent[], time: (at: number) => string): string {
  const rows = events.map((event) =>
    columns.map((column) => (column === 'at' ? time(event.at) : (event[column] ?? ''))),
  );
  return [columns, ...rows].map(csvRow).join('');
}

/** One line of RFC 4180. */
export function csvRow(values: readonly string[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

/** A cell that a spreadsheet would take for a formula is shown as text: the device is whatever a client says it is (OWASP, CSV Injection). */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
