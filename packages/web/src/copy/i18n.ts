import { createI18n } from 'vue-i18n';
import { en, type Messages } from './en.js';

declare module 'vue-i18n' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- vue-i18n reads the keys from this interface
  export interface DefineLocaleMessage extends Messages {}
}

const locales = { en } satisfies Record<string, Messages>;

const dateTime = { dateStyle: 'medium', timeStyle: 'short' } as const;
const date = { dateStyle: 'long' } as const;

/** Words, dates and numbers in the reader's language where there is a file of it, else in English. */
export function createCopy() {
  return createI18n({
    legacy: false,
    locale: 'en',
    fallbackLocale: 'en',
    messages: locales,
    datetimeFormats: { en: { dateTime, date } },
    missingWarn: true,
  });
}
