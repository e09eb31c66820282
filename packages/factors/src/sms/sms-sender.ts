import type { ProblemCode } from '@twofold/core/problem';
import type { ParsedAddress, Receipt } from '@twofold/core/two-factor/second-factor';

export interface TextMessage {
  /** In E.164. */
  readonly to: string;
  readonly text: string;
}

/** A way to send text messages. A further provider is one more file that offers this. */
export interface SmsSender {
  /**
   * Settles `within` so many milliseconds; SEND_WITHIN where nothing is said.
   *
   * Answers under which id the provider will report of the message; null where it will not. Rejects unless the provider took
   * it: with NotAccepted where it certainly did not, with any other error where the text may be under way all the same. No
   * message of an error holds number, text or key.
   */
  send(message: TextMessage, within?: number): Promise<Receipt | null>;
}

/** Milliseconds. A factor has 6 s to deliver (core, second-factor.ts): one is left for what surrounds this. */
export const SEND_WITHIN = 5_000;

/** The provider did not take the message and will not send it: another one may be asked. */
export class NotAccepted extends Error {
  override readonly name = 'NotAccepted';
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
