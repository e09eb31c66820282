export interface PhoneCountry {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
  /** Without the plus. */
  readonly prefix: string;
}

/** The phone metadata is heavy, so it is fetched only where a number is asked for. */
const load = () => import('libphonenumber-js/min');

/** Every country with a calling code, by name in the given language. */
export async function phoneCountries(locale: string): Promise<readonly PhoneCountry[]> {
  const { getCountries, getCountryCallingCode } = await load();
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code, prefix: getCountryCallingCode(code) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}

/** The country of a number that was typed with its plus; null where it says none. */
export async function countryOf(number: string): Promise<string | null> {
  if (!number.trim().startsWith('+')) return null;
  const { parsePhoneNumberFromString } = await load();
  return parsePhoneNumberFromString(number)?.country ?? null;
}

/** A saved number in groups, as it is written internationally. */
export async function spaced(number: string): Promise<string> {
  const { parsePhoneNumberFromString } = await load();
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/** The region of the browser's language: a good first guess for the country of a phone. */
export function likelyCountry(language: string = navigator.language): string {
  try {
    return new Intl.Locale(language).maximize().region ?? 'US';
  } catch {
    return 'US';
  }
}
