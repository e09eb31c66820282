import type { ProblemCode } from '@twofold/core/problem';
import type { ParsedAddress } from '@twofold/core/two-factor/second-factor';

/** A way to send text messages. A second provider is one more file that offers this. */
export interface SmsSender {
  /** `to` in E.164. Settles within 5 s; rejects unless the provider took the message. */
  send(message: { readonly to: string; readonly text: string }): Promise<void>;
}

/** What is known about phone numbers. */
export interface PhoneNumbers {
  /** E.164, from a number in E.164 or as dialled in `defaultCountry` (ISO 3166-1 alpha-2), or why it cannot be texted. */
  parse(input: string, defaultCountry: string | null): ParsedAddress | ProblemCode;
  /** `phone` in E.164. Shows two digits. */
  mask(phone: string): string;
  /** `phone` in E.164. Its country calling code, `49`; throws where it has none. */
  area(phone: string): string;
}
