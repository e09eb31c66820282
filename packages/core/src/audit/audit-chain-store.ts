import type { Instant } from '../ports.js';
import type { SealedEvent } from './audit-chain.js';
import type { AuditEvent, ShownEvent } from './audit-log.js';

/** Where the chain ends, or where a part of it was cut off. */
export interface ChainEnd {
  readonly position: number;
  readonly seal: string;
}

/** A line's place in the chain. */
export interface SealedLine extends ChainEnd {
  readonly id: string;
}

/** What stands for lines that were deleted when their time was over. */
export interface Checkpoint extends ChainEnd {
  readonly signature: string;
  readonly madeAt: Instant;
}

/** Which lines; null does not narrow. */
export interface ChainFilter {
  readonly organizationId: string | null;
  readonly since: Instant | null;
  readonly until: Instant | null;
}

/** A line of the chain as it is shown. */
export type ShownSealedEvent = SealedEvent & ShownEvent;

export interface AuditChainStore {
  /** In a transaction: the end of the chain; nobody else seals until the transaction ends, on any node. */
  lockEnd(): Promise<ChainEnd>;
  /** In the transaction that locked it. */
  moveEnd(end: ChainEnd): Promise<void>;
  /** The end without a lock. */
  end(): Promise<ChainEnd>;
  /** Oldest first. */
  unsealed(limit: number): Promise<readonly AuditEvent[]>;
  /** Lines that have no seal yet. Throws where one has: two would hold one place of the chain. */
  seal(lines: readonly SealedLine[]): Promise<void>;
  /** In the order of the chain, behind `position`. */
  sealedAfter(position: number, limit: number): Promise<readonly SealedEvent[]>;
  /** Behind the first position, up to the last one, those that meet the filter, with the names of today. */
  shownBetween(after: number, last: number, filter: ChainFilter): Promise<readonly ShownSealedEvent[]>;
  newestCheckpoint(): Promise<Checkpoint | null>;
  addCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** The end of the unbroken run of lines from the start of the chain that are older than this; null where there is none. */
  endOfLinesBefore(at: Instant): Promise<ChainEnd | null>;
  /** Answers how many were deleted, `limit` at most. */
  deleteUpTo(position: number, limit: number): Promise<number>;
}
