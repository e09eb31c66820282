import type { Instant } from '../ports.js';
import type { Link, LinkPurpose } from './link.js';

export interface LinkStore {
  create(link: Link, tokenHash: string): Promise<void>;
  /** null where it ran out, was used, is for something else, or never was. Whoever uses it asks after its user. */
  findLive(tokenHash: string, purpose: LinkPurpose, now: Instant): Promise<Link | null>;
  /** Uses it up. True for one caller alone, however many ask at once. */
  take(id: string): Promise<boolean>;
  /** Of one user: those of this purpose. */
  endAll(userId: string, purpose: LinkPurpose): Promise<void>;
  /** The live ones of an organisation, newest first, `first` at most. */
  list(organizationId: string, purpose: LinkPurpose, now: Instant, first: number): Promise<readonly Link[]>;
}
