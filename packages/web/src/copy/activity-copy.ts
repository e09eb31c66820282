import type { AuditAction, AuditOutcome } from '@twofold/contract/graphql';

interface ActionWords {
  /** The choice in the filter. */
  readonly name: string;
  /** What happened where it was done. */
  readonly done: string;
  /** What happened where it was not; the reason follows it. */
  readonly refused: string;
}

/** What to say of each line of the activity. An action that has no words here fails the build. */
export const actions = {
  SIGN_IN: { name: 'Sign-in with password', done: 'Signed in', refused: 'Sign-in refused' },
  SEND_SIGN_IN_CODE: {
    name: 'Sign-in code sent',
    done: 'Another sign-in code sent',
    refused: 'Sign-in code not sent',
  },
  VERIFY_TWO_FACTOR_CODE: {
    name: 'Sign-in with security code',
    done: 'Signed in with a security code',
    refused: 'Security code refused at sign-in',
  },
  VERIFY_RECOVERY_CODE: {
    name: 'Sign-in with recovery code',
    done: 'Signed in with the recovery code',
    refused: 'Recovery code refused at sign-in',
  },
  USE_TRUSTED_BROWSER: {
    name: 'Sign-in by a trusted browser',
    done: 'No security code asked for in a trusted browser',
    refused: 'Trusted browser refused',
  },
  TRUST_BROWSER: { name: 'Browser trusted', done: 'Browser trusted', refused: 'Browser not trusted' },
  SIGN_OUT: { name: 'Sign-out', done: 'Signed out', refused: 'Sign-out refused' },
  CONFIRM_PASSWORD: {
    name: 'Password confirmation',
    done: 'Password confirmed',
    refused: 'Password confirmation refused',
  },
  CHANGE_PASSWORD: {
    name: 'Password change',
    done: 'Password changed',
    refused: 'Password change refused',
  },
  END_SESSION: { name: 'Session ended', done: 'A session ended', refused: 'Session not ended' },
  END_OTHER_SESSIONS: {
    name: 'Other sessions ended',
    done: 'All other sessions ended',
    refused: 'Other sessions not ended',
  },
  REMOVE_TRUSTED_BROWSER: {
    name: 'Trusted browser removed',
    done: 'Trusted browser removed',
    refused: 'Trusted browser not removed',
  },
  REMOVE_TRUSTED_BROWSERS: {
    name: 'All trusted browsers removed',
    done: 'All trusted browsers removed',
    refused: 'Trusted browsers not removed',
  },
  START_TWO_FACTOR: {
    name: 'Two-factor set-up',
    done: 'Two-factor set-up started',
    refused: 'Two-factor set-up refused',
  },
  ENABLE_TWO_FACTOR: {
    name: 'Two-factor switched on',
    done: 'Two-factor authentication switched on',
    refused: 'Two-factor authentication not switched on',
  },
  DISABLE_TWO_FACTOR: {
    name: 'Two-factor switched off',
    done: 'Two-factor authentication switched off',
    refused: 'Two-factor authentication not switched off',
  },
  VIEW_SETTINGS: {
    name: 'Two-factor settings viewed',
    done: 'Two-factor settings viewed',
    refused: 'Two-factor settings not shown',
  },
  START_PHONE_CHANGE: {
    name: 'Phone change started',
    done: 'Phone change started',
    refused: 'Phone change refused',
  },
  CONFIRM_PHONE_CHANGE: { name: 'Phone changed', done: 'Phone changed', refused: 'New phone refused' },
  REMOVE_BACKUP_PHONE: {
    name: 'Backup phone removed',
    done: 'Backup phone removed',
    refused: 'Backup phone not removed',
  },
  REGENERATE_RECOVERY_CODE: {
    name: 'New recovery code',
    done: 'New recovery code made',
    refused: 'New recovery code refused',
  },
  END_USER_SESSIONS: {
    name: 'Signed out everywhere by an administrator',
    done: 'Signed out everywhere by an administrator',
    refused: 'Not signed out everywhere',
  },
  OPEN_SEALED_VALUE: {
    name: 'Stored secret refused',
    done: 'Stored secret read',
    refused: 'A stored secret or phone number could not be read',
  },
  DELIVER_TEXT: {
    name: 'Text delivery',
    done: 'Text delivered to the phone',
    refused: 'Text not delivered to the phone',
  },
  INVITE_USER: { name: 'Invitation', done: 'Somebody was invited', refused: 'Invitation refused' },
  RESEND_INVITATION: {
    name: 'Invitation sent again',
    done: 'Invitation sent again',
    refused: 'Invitation not sent again',
  },
  WITHDRAW_INVITATION: {
    name: 'Invitation withdrawn',
    done: 'Invitation withdrawn',
    refused: 'Invitation not withdrawn',
  },
  ACCEPT_INVITATION: {
    name: 'Invitation accepted',
    done: 'Invitation accepted, account made',
    refused: 'Invitation not accepted',
  },
  REQUEST_PASSWORD_RESET: {
    name: 'Password reset asked for',
    done: 'A link to reset the password was mailed',
    refused: 'No link to reset the password was mailed',
  },
  RESET_PASSWORD: {
    name: 'Password reset',
    done: 'Password reset by a mailed link',
    refused: 'Password reset refused',
  },
  SET_FIRST_PASSWORD: {
    name: 'First password',
    done: 'First password set',
    refused: 'First password refused',
  },
  REQUEST_EMAIL_CHANGE: {
    name: 'Email change asked for',
    done: 'A change of email was asked for',
    refused: 'Change of email refused',
  },
  CONFIRM_EMAIL_CHANGE: { name: 'Email changed', done: 'Email changed', refused: 'New email refused' },
  ISSUE_FIRST_LINK: {
    name: 'Link for a first password',
    done: 'An operator made a link for the first password',
    refused: 'Link for the first password refused',
  },
  UPDATE_POLICY: {
    name: 'Two-factor policy changed',
    done: 'Two-factor policy changed',
    refused: 'Two-factor policy not changed',
  },
  CREATE_USER: { name: 'Account created', done: 'Account created', refused: 'Account not created' },
  RESET_TWO_FACTOR: {
    name: 'Two-factor reset by an operator',
    done: 'Two-factor authentication reset by an operator',
    refused: 'Two-factor authentication not reset',
  },
  DEACTIVATE_USER: {
    name: 'Account deactivated',
    done: 'Account deactivated by an operator',
    refused: 'Account not deactivated',
  },
  REPORT_NOT_ME: {
    name: 'Change reported as not the own',
    done: 'A change was reported as not the own; everybody was signed out',
    refused: 'Report of a change refused',
  },
  REACTIVATE_USER: {
    name: 'Account reactivated',
    done: 'Account reactivated by an operator',
    refused: 'Account not reactivated',
  },
} satisfies Record<AuditAction, ActionWords>;

/** Why an attempt was refused, to follow a colon. */
export const reasons = {
  INVALID_CREDENTIALS: 'wrong email or password',
  INVALID_CODE: 'wrong code',
  CODE_EXPIRED: 'the code had run out',
  CHALLENGE_EXPIRED: 'the sign-in had run out',
  TOO_MANY_ATTEMPTS: 'too many attempts',
  RESEND_TOO_SOON: 'too soon after the last code',
  PHONE_NUMBER_INVALID: 'not a phone number',
  PHONE_NUMBER_NOT_ALLOWED: 'a number that cannot be texted',
  PHONE_NUMBER_DUPLICATE: 'primary and backup phone were the same',
  SMS_NOT_SENT: 'the text could not be sent',
  TEXT_LIMIT_REACHED: 'too many texts',
  METHOD_NOT_ALLOWED: 'the organisation does not allow the method',
  REAUTHENTICATION_REQUIRED: 'the password was not confirmed',
  PASSWORD_TOO_WEAK: 'the new password was too weak',
  SETUP_EXPIRED: 'the set-up had run out',
  TWO_FACTOR_NOT_ENABLED: 'two-factor authentication was off',
  LINK_EXPIRED: 'the link had run out or was used',
  EMAIL_INVALID: 'not an email address',
  EMAIL_TAKEN: 'the email has an account already',
  NAME_INVALID: 'not a name',
  MAIL_LIMIT_REACHED: 'too many mails',
  PASSWORD_RESET_DUE: 'a new password was due',
  CHANGES_FROZEN: 'changes were frozen',
  TWO_FACTOR_REQUIRED: 'the organisation demands two-factor authentication',
  POLICY_LOCKS_OUT: 'it would have locked out whoever set it',
  POLICY_CHANGED: 'somebody else had changed it meanwhile',
  DEADLINE_INVALID: 'the date was not within a year',
  ALTERED: 'it was altered, or its key is missing',
  UNDELIVERED: 'the network gave it up',
  EXPIRED: 'it ran out on the way',
} satisfies Record<Exclude<AuditOutcome, 'DONE' | 'CHALLENGED'>, string>;
