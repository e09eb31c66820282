import type { ProblemCode } from '@twofold/core/problem';
import type { ParsedAddress } from '@twofold/core/two-factor/second-factor';
import { isSupportedCountry, parsePhoneNumberFromString, type NumberType } from 'libphonenumber-js/max';
import type { PhoneNumbers } from './sms-sender.js';

/** What people type or paste between the digits: spaces, the no-break space and hyphen, brackets, dots, slashes. */
const writtenNumber = /^\+?[0-9 \u00A0\u2011().\-/]+$/;
const LONGEST_INPUT = 40;

/** A line of these types may be able to receive texts; the rest cost its caller or its owner more, or are no phones. */
const texted: ReadonlySet<NumberType> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'FIXED_LINE', 'VOIP']);

/** Calling codes of no country (ITU-T E.164, annex A): satellites, global services. Texts there cost a multiple. */
const nonGeographic: ReadonlySet<string> = new Set([
  ...['800', '808', '870', '878', '881', '882', '883', '888', '979', '991'],
]);

/** By the metadata of libphonenumber. Only numbers of these countries (ISO 3166-1 alpha-2) are texted; of all where there is none. */
export function phoneNumbersOf(countries: readonly string[]): PhoneNumbers {
  const allowed = new Set(countries);
  return {
    parse: (input, defaultCountry) => parsePhone(input, defaultCountry, allowed),
    mask: maskPhone,
    area: callingCode,
  };
}

/** Whether libphonenumber knows the country. */
export const isCountry = (code: string): boolean => isSupportedCountry(code);

function parsePhone(
  input: string,
  defaultCountry: string | null,
  allowed: ReadonlySet<string>,
): ParsedAddress | ProblemCode {
  if (input.length > LONGEST_INPUT) return 'PHONE_NUMBER_INVALID';
  const written = input.replace(/^[ \u00A0]+|[ \u00A0]+$/g, '');
  if (!writtenNumber.test(written)) return 'PHONE_NUMBER_INVALID';
  if (isShortNumber(written)) return 'PHONE_NUMBER_NOT_ALLOWED';

  const country = defaultCountry?.toUpperCase() ?? '';
  const number = parsePhoneNumberFromString(written, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country } : {}),
  });
  if (number === undefined) return 'PHONE_NUMBER_INVALID';
  if (nonGeographic.has(number.countryCallingCode)) return 'PHONE_NUMBER_NOT_ALLOWED';
  if (!number.isValid()) return 'PHONE_NUMBER_INVALID';
  if (allowed.size > 0 && !allowed.has(number.country ?? '')) return 'PHONE_NUMBER_NOT_ALLOWED';
  return texted.has(number.getType()) ? { address: number.number } : 'PHONE_NUMBER_NOT_ALLOWED';
}

/** Emergency calls, services, premium texts: three to six digits, dialled without a country code. */
function isShortNumber(written: string): boolean {
  const digits = written.replace(/[^0-9]/g, '').length;
  return !written.startsWith('+') && digits >= 3 && digits <= 6;
}

function callingCode(phone: string): string {
  const code = parsePhoneNumberFromString(phone, { extract: false })?.countryCallingCode;
  if (code === undefined) throw new Error('A stored phone number is not in E.164.');
  return code;
}

function maskPhone(phone: string): string {
  return `•••• ${phone.slice(-2)}`;
}
