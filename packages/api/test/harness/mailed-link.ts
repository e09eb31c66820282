import { vi } from 'vitest';
import type { TestService } from './open-service.js';

/** The token of the newest mail to this address that leads to this page; waits for one that is not `known`. */
export const mailedLink = (service: TestService, to: string, page: string, known?: string): Promise<string> =>
  vi.waitFor(() => {
    const token = tokensTo(service, to, page).at(-1);
    if (token === undefined || token === known) throw new Error(`No mail to ${to} leads to ${page} yet.`);
    return token;
  });

/** All of them so far, oldest first. */
export function tokensTo(service: TestService, to: string, page: string): string[] {
  const link = new RegExp(`/${page}#(\\S+)`);
  return service.outbox.mails
    .filter((mail) => mail.to === to)
    .flatMap(({ text }) => link.exec(text)?.[1] ?? []);
}
