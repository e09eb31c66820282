import type { Instant } from './ports.js';

/** A failure that a caller should expect and a person can mend. Anything else is an exception. */
export interface Problem {
  readonly code: ProblemCode;
  /** One English sentence that says what to do next. Clients translate by code. */
  readonly message: string;
  readonly field: string | null;
  readonly retryAt: Instant | null;
}

const messages = {
  INVALID_CREDENTIALS: 'Email or password is incorrect.',
  INVALID_CODE: 'That code is not right. Check it and try again.',
  CODE_EXPIRED: 'The code has run out. Ask for a new one.',
  CHALLENGE_EXPIRED: 'This sign-in has run out or was used. Sign in again.',
  TOO_MANY_ATTEMPTS: 'Too many attempts. Wait until the time given, then try again.',
  RESEND_TOO_SOON: 'A code was just sent. Wait a moment before asking for another.',
  PHONE_NUMBER_INVALID: 'That is not a valid phone number. Enter it with its country code.',
  PHONE_NUMBER_NOT_ALLOWED: 'This number cannot be texted. Enter an ordinary mobile number.',
  PHONE_NUMBER_DUPLICATE: 'Primary and backup phone must differ. Enter another number.',
  SMS_NOT_SENT: 'The text message could not be sent. Try again, or use another way.',
  TEXT_LIMIT_REACHED: 'No more texts can be sent for now. Wait until the time given, or use another way.',
  METHOD_NOT_ALLOWED: 'Your organisation does not allow this method. Choose another one.',
  REAUTHENTICATION_REQUIRED: 'Confirm your password first.',
  PASSWORD_TOO_WEAK: 'Choose a longer or less common password, of 12 to 1,024 characters.',
  SETUP_EXPIRED: 'This set-up has run out or was replaced. Start it again.',
  TWO_FACTOR_NOT_ENABLED: 'Two-factor authentication is not switched on for this.',
  PASSWORD_RESET_DUE:
    'This account takes a new password first. Follow the link that we mailed, or ask for another.',
  CHANGES_FROZEN:
    'Two-factor settings stay as they are until the time given, because a change was reported as not yours.',
  POLICY_LOCKS_OUT:
    'This policy would lock you out yourself. Allow at least one method, and set one of them up first or choose a later date.',
  POLICY_CHANGED: 'Somebody has changed the policy meanwhile. Look at what is in force now, then try again.',
  DEADLINE_INVALID: 'Choose a date between now and one year from now.',
  TWO_FACTOR_REQUIRED: 'Your organisation demands two-factor authentication. It cannot be switched off.',
  LINK_EXPIRED: 'This link has expired or was used. Ask for a new one.',
  EMAIL_INVALID: 'That is not an email address that can be used. Check it and try again.',
  EMAIL_TAKEN: 'There is an account with this email already. Sign in with it, or reset its password.',
  NAME_INVALID: 'A name is one line of 1 to 200 characters. Shorten it, or write it on one line.',
  MAIL_LIMIT_REACHED: 'No more mails can be sent for now. Wait until the time given, then try again.',
} as const;

export type ProblemCode = keyof typeof messages;

export const problemCodes = Object.keys(messages) as readonly ProblemCode[];

export function problem(code: ProblemCode, detail: { field?: string; retryAt?: Instant } = {}): Problem {
  return { code, message: messages[code], field: detail.field ?? null, retryAt: detail.retryAt ?? null };
}
