import type { AuditEvent } from './audit-log.js';

/** A line with its place in the chain: each seal covers the line and the seal before it. */
export interface SealedEvent extends AuditEvent {
  /** 1, 2, 3 …, without a gap. */
  readonly position: number;
  readonly seal: string;
}

/** The seal of position 0, before the first line. */
export const FIRST_SEAL = '';

/**
 * What a seal is made over. The order of the fields is part of the format: a new field is added at the end, under a new version.
 * JSON of an array leaves no doubt where a field ends. Version 2 is of lines with an actor or a detail; those without are what
 * they were before there was either.
 */
export function sealedText(previousSeal: string, position: number, event: AuditEvent): string {
  const more = event.actorId === null && event.detail === null ? [] : [event.actorId, event.detail];
  return JSON.stringify([
    more.length === 0 ? 1 : 2,
    previousSeal,
    position,
    event.id,
    event.at,
    event.action,
    event.outcome,
    event.organizationId,
    event.userId,
    event.method,
    event.sessionId,
    event.address,
    event.device,
    event.requestId,
    ...more,
  ]);
}

export type ChainFault =
  | { readonly position: number; readonly id: string | null; readonly fault: 'ALTERED' }
  | { readonly position: number; readonly id: string | null; readonly fault: 'MISSING' };

/** The first fault in a run of sealed lines that follows `start`; null where every seal holds. */
export function firstFault(
  start: { readonly position: number; readonly seal: string },
  events: readonly SealedEvent[],
  matches: (text: string, seal: string) => boolean,
): ChainFault | null {
  let { position, seal } = start;
  for (const event of events) {
    position += 1;
    if (event.position !== position) return { position, id: null, fault: 'MISSING' };
    if (!matches(sealedText(seal, position, event), event.seal))
      return { position, id: event.id, fault: 'ALTERED' };
    seal = event.seal;
  }
  return null;
}
