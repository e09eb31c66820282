import type { Instant } from '../ports.js';
import type { TextReport } from './text-report.js';

/** A request that claims to come from a carrier. */
export interface ReportRequest {
  /** As the carrier dialled it: scheme and host as they are public, path and query as they came. */
  readonly url: string;
  /** A header by its name in small letters. */
  readonly header: (name: string) => string | undefined;
  /** As it came: the signature covers its bytes. */
  readonly body: Uint8Array;
}

/** What such a request is found to be. */
export type Reading =
  | { readonly kind: 'REPORT'; readonly report: TextReport; readonly errorCode: string | null }
  /** The carrier did not sign this, or did so too long ago, or for another address. */
  | { readonly kind: 'FORGED' }
  /** The carrier signed it, and it is no report of a text that can be read. */
  | { readonly kind: 'UNREADABLE' };

/** Never rejects. */
export type ReportReader = (request: ReportRequest, now: Instant) => Promise<Reading>;

/** How the reports of one carrier come, and what reads them. */
export interface CarrierReports {
  readonly carrier: string;
  /** As people know it. */
  readonly name: string;
  readonly path: string;
  readonly read: ReportReader;
}
