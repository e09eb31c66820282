import type { Digest, Instant, Random } from '../ports.js';
import { DAY, HOUR, MINUTE } from '../ports.js';

/** What a link that was mailed is good for. */
export type LinkPurpose = 'INVITATION' | 'FIRST_PASSWORD' | 'PASSWORD_RESET' | 'EMAIL_CHANGE' | 'NOT_ME';

/** How long it lives. */
export const linkLives: Readonly<Record<LinkPurpose, number>> = {
  INVITATION: 72 * HOUR,
  FIRST_PASSWORD: 72 * HOUR,
  PASSWORD_RESET: 30 * MINUTE,
  EMAIL_CHANGE: DAY,
  NOT_ME: DAY,
};

/** A one-time link. Its token is in the mail alone: the store keeps the hash. */
export interface Link {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly organizationId: string;
  /** Whose account it is about; null where there is none yet. */
  readonly userId: string | null;
  /** The user who had it sent; null where nobody was signed in. */
  readonly createdBy: string | null;
  /** What it was sent for, as the new email: up to 2,000 characters as JSON, and no secret. */
  readonly payload: unknown;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** A new link and its token, to be stored by `links.create(link, digest.ofSecret(token))` in the transaction that it belongs to. */
export function newLink(
  { random, digest }: { readonly random: Random; readonly digest: Pick<Digest, 'ofSecret'> },
  of: Pick<Link, 'purpose' | 'organizationId' | 'userId' | 'createdBy' | 'payload'>,
  now: Instant,
): { readonly link: Link; readonly token: string; readonly tokenHash: string } {
  const token = random.token();
  const link: Link = { ...of, id: random.id(), createdAt: now, expiresAt: now + linkLives[of.purpose] };
  return { link, token, tokenHash: digest.ofSecret(token) };
}
