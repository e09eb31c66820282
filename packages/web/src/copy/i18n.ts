import { createI18n } from 'vue-i18n';
import type { SignedInMessages } from './en-signed-in.js';
import { en, type Messages } from './en.js';

declare module 'vue-i18n' {
  /** vue-i18n reads the keys from this interface. */
  export interface DefineLocaleMessage extends Messages, SignedInMessages {}
}

/** The languages that there is a file for. */
const messages = { en } satisfies Record<string, Messages>;

const formats = {
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
  date: { dateStyle: 'long' },
} as const;

/**
 * The first of the reader's languages that there are words in, with its region: dates in `en-GB` and `en-US` differ though
 * the words are the same.
 */
export function pickLocale(languages: readonly string[]): string {
  return languages.find((language) => Object.hasOwn(messages, language.split('-')[0] ?? '')) ?? 'en';
}

export type Copy = ReturnType<typeof createCopy>;

export function createCopy(languages: readonly string[] = navigator.languages) {
  const locale = pickLocale(languages);
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    // Those of the pages behind the sign-in come with these pages: see signed-in.ts.
    messages: messages as { en: Messages & SignedInMessages },
    datetimeFormats: { [locale]: formats },
    // en-GB has no words of its own by intent; a key that is missing everywhere still warns.
    fallbackWarn: false,
  });
}
