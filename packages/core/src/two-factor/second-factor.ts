import type { Instant } from '../ports.js';
import type { ProblemCode } from '../problem.js';

/** The name of a factor's kind, as in the GraphQL enum TwoFactorMethod. The list of kinds is `factors/kinds.ts`. */
export type FactorKind = string;

export type Slot = 'PRIMARY' | 'BACKUP';

/** One way to prove a sign-in. Its shape says how it is set up and checked; rules and screens know shapes alone. */
export type SecondFactor = ScanFactor | DeliverFactor;

/** The user's device makes the codes, from a secret that it was shown once. */
export interface ScanFactor {
  readonly kind: FactorKind;
  readonly shape: 'scan';
  /** A new secret, and what shows it. */
  enroll(label: { readonly issuer: string; readonly account: string }): Promise<Enrolment>;
  /** The step that the code belongs to, to be stored as used; null where it is wrong, or its step is `usedStep` or older. */
  check(secret: string, code: string, now: Instant, usedStep: number | null): number | null;
}

export interface Enrolment {
  /** What is stored, sealed. */
  readonly secret: string;
  readonly manualKey: string;
  readonly otpauthUri: string;
  readonly qrCodeSvg: string;
}

/** The service makes a code and delivers it to an address of the user. */
export interface DeliverFactor {
  readonly kind: FactorKind;
  readonly shape: 'deliver';
  /** The address in the one form in which it is stored, or why it cannot be used. */
  parse(input: string, defaultCountry: string | null): ParsedAddress | ProblemCode;
  /** Shows its last two characters at most. */
  mask(address: string): string;
  /** What a budget is counted by beside the address: of a phone number its country calling code, `49`. */
  area(address: string): string;
  /** Null where it could not be handed over. Never throws, never takes longer than 6 s. */
  deliver(message: {
    readonly to: string;
    readonly code: string;
    readonly organization: string;
  }): Promise<Handover | null>;
}

/** The message is on its way. */
export interface Handover {
  /** Null where nobody will report what became of it. */
  readonly receipt: Receipt | null;
}

/** Under which its carrier will report what became of a message. */
export interface Receipt {
  readonly carrier: string;
  /** The carrier's own id of the message: up to 80 letters, digits, hyphens and underscores. */
  readonly messageId: string;
}

export interface ParsedAddress {
  readonly address: string;
}

export interface FactorRegistry {
  /** Throws for a kind that is not registered. */
  of(kind: FactorKind): SecondFactor;
}

/** Six ASCII digits, nothing else: `１２３４５６`, `+12345` and `12345 ` are no codes. */
export function isCode(code: string): boolean {
  return /^[0-9]{6}$/.test(code);
}
