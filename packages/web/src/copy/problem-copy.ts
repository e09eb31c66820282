import type { ProblemCode } from '@twofold/contract/graphql';

/** What to say for each failure that a person can mend. `{wait}` is the time until it may be tried again. */
export const problems = {
  INVALID_CREDENTIALS: 'Email or password is incorrect.',
  INVALID_CODE: 'That code is not right. Check it and try again.',
  CODE_EXPIRED: 'That code has run out. Send a new one.',
  CHALLENGE_EXPIRED: 'This sign-in has run out. Sign in again.',
  TOO_MANY_ATTEMPTS: 'Too many attempts. Try again in {wait}.',
  RESEND_TOO_SOON: 'A code is on its way. You can send another in {wait}.',
  PHONE_NUMBER_INVALID: 'That is not a phone number we can use. Check the country and the digits.',
  PHONE_NUMBER_NOT_ALLOWED: 'We cannot text this kind of number. Enter an ordinary mobile number.',
  PHONE_NUMBER_DUPLICATE: 'Primary and backup phone must differ. Enter another number.',
  SMS_NOT_SENT: "We couldn't send a text to this number. Check it and try again.",
  TEXT_LIMIT_REACHED: 'No more texts can be sent for now. Try again in {wait}, or use another way.',
  METHOD_NOT_ALLOWED: 'Your organisation does not allow this method. Choose the other one.',
  REAUTHENTICATION_REQUIRED: 'Confirm your password first.',
  PASSWORD_TOO_WEAK: 'Choose a longer or less common password.',
  SETUP_EXPIRED: 'This set-up has run out. Start it again.',
  TWO_FACTOR_NOT_ENABLED: 'Two-factor authentication is off.',
  PASSWORD_RESET_DUE: 'Set a new password first. We mailed you a link; you can ask for another.',
  CHANGES_FROZEN: 'A change was reported as not yours. Two-factor settings can be changed again in {wait}.',
  LINK_EXPIRED: 'This link has expired or was used. Ask for a new one.',
  EMAIL_INVALID: 'That is not an email address that can be used. Check it and try again.',
  EMAIL_TAKEN: 'There is an account with this email already. Sign in with it, or reset its password.',
  NAME_INVALID: 'A name is one line of up to 200 characters.',
  MAIL_LIMIT_REACHED: 'No more mails can be sent for now. Try again in {wait}.',
  TWO_FACTOR_REQUIRED: 'Your organisation demands two-factor authentication, so it cannot be turned off.',
  POLICY_LOCKS_OUT:
    'This would lock you out yourself. Set two-factor authentication up first, by a method that is allowed, or choose a later date.',
  POLICY_CHANGED: 'Somebody else has changed the policy meanwhile. Look at what is in force now.',
  DEADLINE_INVALID: 'Choose a date between now and one year from now.',
} satisfies Record<ProblemCode, string>;
