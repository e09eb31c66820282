import { enSignedIn, type SignedInMessages } from './en-signed-in.js';
import type { Copy } from './i18n.js';

/** The languages that there is a file for. */
const messages = { en: enSignedIn } satisfies Record<string, SignedInMessages>;

/** The words of the pages behind the sign-in come with these: whoever signs in does not wait for them. */
export function addSignedInCopy(copy: Pick<Copy['global'], 'mergeLocaleMessage'>): void {
  for (const [language, words] of Object.entries(messages)) copy.mergeLocaleMessage(language, words);
}
