import type { LinkStore } from './link-store.js';

/**
 * Every link by which an account could still change hands: to be called where its password or email has just changed, or its
 * access has ended. The link "this wasn't me" is no such link: it takes things back.
 */
export async function endAccountLinks(links: Pick<LinkStore, 'endAll'>, userId: string): Promise<void> {
  for (const purpose of ['PASSWORD_RESET', 'FIRST_PASSWORD', 'EMAIL_CHANGE'] as const) {
    await links.endAll(userId, purpose);
  }
}
