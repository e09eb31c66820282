import type { Notice } from '@twofold/core/ports';

interface MailWords {
  readonly subject: string;
  /** `{invitedBy}`, `{organization}`, `{newEmail}` and `{deadline}` are filled in. */
  readonly happened: string;
  /** What the owner can do beside what every mail says. */
  readonly next?: string;
  /** In the place of what every mail says to those who did it, and to those who did not; before the link. */
  readonly closing?: readonly string[];
}

const nothingMore = 'If this was you, there is nothing more to do.';
const turnOnAgain = 'Turn it on again on the Security tab of your profile.';

/** In English. */
export const words: Readonly<Record<Notice, MailWords>> = {
  TWO_FACTOR_ENABLED: {
    subject: 'Two-factor authentication was turned on',
    happened: 'Two-factor authentication was turned on for your account.',
  },
  TWO_FACTOR_CHANGED: {
    subject: 'Your two-factor method was changed',
    happened:
      'The method of two-factor authentication was changed for your account. The old one no longer works.',
  },
  TWO_FACTOR_DISABLED: {
    subject: 'Two-factor authentication was turned off',
    happened:
      'Two-factor authentication was turned off for your account. Signing in now takes only your password.',
    next: turnOnAgain,
  },
  TWO_FACTOR_RESET: {
    subject: 'Two-factor authentication was reset',
    happened:
      'An administrator of this service switched two-factor authentication off for your account. Its phones, app and recovery code are deleted, and all sessions were signed out.',
    next: turnOnAgain,
  },
  RECOVERY_CODE_USED: {
    subject: 'Your recovery code was used to sign in',
    happened:
      'Your recovery code was used to sign in. Two-factor authentication is now off, and its settings are deleted.',
    next: turnOnAgain,
  },
  RECOVERY_CODE_REPLACED: {
    subject: 'Your recovery code was replaced',
    happened: 'A new recovery code was made for your account. The old one no longer works.',
  },
  PHONE_CHANGED: {
    subject: 'A phone for security codes was changed',
    happened: 'A phone number that receives your security codes was added or changed.',
  },
  BACKUP_PHONE_REMOVED: {
    subject: 'Your backup phone was removed',
    happened: 'The backup phone was removed from your two-factor settings.',
  },
  PASSWORD_CHANGED: {
    subject: 'Your password was changed',
    happened: 'The password of your account was changed. All other sessions were signed out.',
  },
  ACCOUNT_SECURED: {
    subject: 'Your account is secured: choose a new password',
    happened:
      'You told us that a change of your account was not yours. Everybody was signed out, and your two-factor settings cannot be changed for 24 hours. What was deleted is not brought back.',
    closing: [
      'Nobody can sign in with the old password. An administrator of your organisation can help if your security code or phone was replaced.',
      'To choose a new password, open this link. It works once, for 30 minutes; after that ask for another on the sign-in page:',
    ],
  },
  INVITED: {
    subject: 'You are invited to join a dashboard',
    happened:
      '{invitedBy} invites you to the dashboard of {organization}. You choose your own password; nobody else learns it.',
    closing: [
      'If you do not know who this is, ignore this mail: nothing happens.',
      'To join, open this link. It works once, for 72 hours:',
    ],
  },
  INVITED_WITH_ACCOUNT: {
    subject: 'Somebody tried to invite you',
    happened:
      '{invitedBy} tried to invite you to the dashboard of {organization}. You have an account with this email already, so there is no new one, and they were not told.',
    closing: [
      'An email belongs to one organisation. To join another one, give them another address.',
      'There is nothing that you have to do. You sign in as before:',
    ],
  },
  PASSWORD_RESET_REQUESTED: {
    subject: 'Choose a new password',
    happened: 'Somebody, probably you, asked for a link to choose a new password for your account.',
    closing: [
      'If it was not you, ignore this mail: your password stays as it is, and nobody else has this link.',
      'To choose a new password, open this link. It works once, for 30 minutes:',
    ],
  },
  FIRST_PASSWORD_DUE: {
    subject: 'Choose your first password',
    happened:
      'An account was made for you in the dashboard of {organization}. It waits for its first password.',
    closing: [
      'If you do not know what this is about, ignore this mail.',
      'To choose your password, open this link. It works once, for 72 hours:',
    ],
  },
  EMAIL_CHANGE_LINK: {
    subject: 'Confirm your new email address',
    happened:
      'Somebody, probably you, wants to use this address for an account in the dashboard of {organization}.',
    closing: [
      'If it was not you, ignore this mail and do not open the link: then nothing changes.',
      'To use this address from now on, open this link and confirm. It works once, for 24 hours:',
    ],
  },
  EMAIL_CHANGE_WITH_ACCOUNT: {
    subject: 'Somebody tried to use your email address',
    happened:
      'Somebody tried to use this address for another account. You have an account with it already, so nothing changed, and they were not told.',
    closing: ['There is nothing that you have to do. You sign in as before:'],
  },
  EMAIL_CHANGE_REQUESTED: {
    subject: 'A change of your email address was asked for',
    happened:
      'A change of the email of your account to {newEmail} was asked for. It counts once it is confirmed there, within 24 hours. Until then this address stays.',
    closing: [
      'If this was you, there is nothing to do here.',
      'If it was not you, change your password at once: that stops the change and signs everybody else out.',
    ],
  },
  EMAIL_CHANGED: {
    subject: 'The email address of your account was changed',
    happened: 'The email of your account is now {newEmail}. You sign in with it from now on.',
    closing: [
      'If this was you, there is nothing more to do.',
      'If it was not you, tell an administrator of your organisation at once:',
    ],
  },
  NEW_BROWSER: {
    subject: 'New sign-in to your account',
    happened: 'Your account was signed in to from a browser or program that it did not know before.',
    closing: [
      nothingMore,
      'If it was not you, somebody knows your password: change it at once, which signs out everybody else, and tell an administrator of your organisation. Your sessions are listed here, where you can also end them one by one:',
    ],
  },
  TRUSTED_BROWSER_COPIED: {
    subject: 'A trusted browser was removed',
    happened:
      'Somebody signed in with your password and an old copy of what one of your trusted browsers keeps. It may have been copied to another computer, so that browser is trusted no more, and a security code was asked for.',
    closing: [
      nothingMore,
      'If it was not you, change your password at once and tell an administrator of your organisation. Your sessions and trusted browsers are listed here:',
    ],
  },
  SESSIONS_ENDED: {
    subject: 'You were signed out everywhere',
    happened:
      'An administrator of your organisation ended all sessions of your account. No browser of yours is trusted any more: the next sign-in takes every step.',
    closing: [
      nothingMore,
      'If you did not expect this, ask an administrator of your organisation. You can sign in again here:',
    ],
  },
  TWO_FACTOR_DUE: {
    subject: 'Set up two-factor authentication in time',
    happened:
      'Your organisation asks everybody for two-factor authentication from {deadline} on. Your account does not have it yet. From then on, the dashboard opens for you only once you have set it up.',
    closing: ['It takes a few minutes. Sign in, and set it up on the Security tab of your profile:'],
  },
  OTHER_METHOD_DUE: {
    subject: 'Change your two-factor method in time',
    happened:
      'From {deadline} on, your organisation no longer allows the method by which you get your security codes. From then on, the dashboard opens for you only once you have set up another method.',
    closing: ['It takes a few minutes. Sign in, and change the method on the Security tab of your profile:'],
  },
};

export const usualClosing = [
  nothingMore,
  'If it was not you, tell an administrator of your organisation at once. If you can still sign in, change your password as well:',
];

export const notMeClosing = [
  nothingMore,
  'If it was not you, open this link within 24 hours. It signs everybody out, stops further changes, and has you choose a new password:',
];
