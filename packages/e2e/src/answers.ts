import type { Page } from '@playwright/test';

/** Every answer of the API that the page has got, from now on, as the text that came. */
export function collectAnswers(page: Page): { all: () => Promise<string> } {
  const answers: Promise<string>[] = [];
  page.on('response', (response) => {
    // A body that is gone with its page has been seen by nobody.
    if (response.url().endsWith('/graphql')) answers.push(response.text().catch(() => ''));
  });
  return { all: async () => (await Promise.all(answers)).join('\n') };
}
