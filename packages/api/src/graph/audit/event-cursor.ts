import type { AuditEvent, AuditPageQuery } from '@twofold/core/audit/audit-log';
import { BadInput } from '@twofold/core/refusal';

export function encodeEventCursor({ at, id }: AuditEvent): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Throws BadInput for whatever `encodeEventCursor` did not make. */
export function decodeEventCursor(cursor: string): NonNullable<AuditPageQuery['after']> {
  try {
    const [at, id, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (Number.isSafeInteger(at) && typeof id === 'string' && rest.length === 0)
      return { at: at as number, id };
  } catch {
    // Not JSON, or no list: not ours either.
  }
  throw new BadInput('The argument "after" is no cursor of this list.');
}
