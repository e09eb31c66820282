import { createI18n } from 'vue-i18n';
import { en, type Messages } from './en.js';

declare module 'vue-i18n' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- vue-i18n reads the keys from this interface
  export interface DefineLocaleMessage extends Messages {}
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

export function createCopy(languages: readonly string[] = navigator.languages) {
  const locale = pickLocale(languages);
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    messages,
    datetimeFormats: { [locale]: formats },
    // en-GB has no words of its own by intent; a key that is missing everywhere still warns.
    fallbackWarn: false,
  });
}
