import type { LinkPurpose } from '@twofold/core/links/link';
import type { Instant, Notice, NoticeDetail, Origin } from '@twofold/core/ports';
import { deviceName } from '@twofold/core/session/device-name';
import type { Mail } from './mailer.js';

interface Copy {
  readonly subject: string;
  readonly happened: string;
  /** What the owner can do beside what every mail says. */
  readonly next?: string;
  /** In the place of what every mail says of somebody else having done it; the link follows. */
  readonly ifNot?: string;
}

const turnOnAgain = 'Turn it on again on the Security tab of your profile.';

const copy: Readonly<Record<Notice, Copy>> = {
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
  NEW_BROWSER: {
    subject: 'New sign-in to your account',
    happened: 'Your account was signed in to from a browser or program that it did not know before.',
    ifNot:
      'If it was not you, somebody knows your password: change it at once, which signs out everybody else, and tell an administrator of your organisation. Your sessions are listed here, where you can also end them one by one:',
  },
  TRUSTED_BROWSER_COPIED: {
    subject: 'A trusted browser was removed',
    happened:
      'Somebody signed in with your password and an old copy of what one of your trusted browsers keeps. It may have been copied to another computer, so that browser is trusted no more, and a security code was asked for.',
    ifNot:
      'If it was not you, change your password at once and tell an administrator of your organisation. Your sessions and trusted browsers are listed here:',
  },
  SESSIONS_ENDED: {
    subject: 'You were signed out everywhere',
    happened:
      'An administrator of your organisation ended all sessions of your account. No browser of yours is trusted any more: the next sign-in takes every step.',
    ifNot:
      'If you did not expect this, ask an administrator of your organisation. You can sign in again here:',
  },
};

/** The page of the client that each link leads to. */
const pages: Readonly<Record<LinkPurpose, string>> = {
  INVITATION: 'invitation',
  FIRST_PASSWORD: 'first-password',
  PASSWORD_RESET: 'reset-password',
  EMAIL_CHANGE: 'confirm-email',
  NOT_ME: 'not-me',
};

/** The token is behind the `#`: a browser sends it to no server by itself, and no log or referrer has it. */
function linkTo(publicUrl: string, { purpose, token }: NonNullable<NoticeDetail['link']>): string {
  return `${publicUrl}/${pages[purpose]}#${token}`;
}

function linkOf(publicUrl: string, { link, devicesOf }: NoticeDetail): string {
  if (link) return linkTo(publicUrl, link);
  return devicesOf === undefined ? publicUrl : `${publicUrl}/users/${devicesOf}/devices`;
}

/** What a client calls itself is its own text: a word of it stands here, and nothing that a mail program would make a link of. */
function placeOf({ device, address }: Origin): string {
  const { browser, system } = deviceName(device);
  const words = [browser, system].filter((name) => name !== null && /^[A-Za-z][\w -]*$/.test(name));
  const from = address !== null && /^[\da-f.:]+$/i.test(address) ? address : 'an unknown address';
  return `Where: ${words.join(' on ') || 'an unknown program'}, from ${from}`;
}

/** The mail about something that happened to an account. The only link in it leads to `publicUrl`. */
export function noticeMail(
  owner: { readonly email: string; readonly name: string },
  notice: Notice,
  at: Instant,
  publicUrl: string,
  detail: NoticeDetail = {},
): Mail {
  const { subject, happened, next, ifNot } = copy[notice];
  const paragraphs = [
    `Hello ${onOneLine(owner.name)},`,
    happened,
    `When: ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    ...(detail.origin ? [placeOf(detail.origin)] : []),
    ...(next === undefined ? [] : [next]),
    'If this was you, there is nothing more to do.',
    ifNot ??
      'If it was not you, tell an administrator of your organisation at once. If you can still sign in, change your password as well:',
    linkOf(publicUrl, detail),
  ];
  return { to: owner.email, subject, text: `${paragraphs.join('\n\n')}\n` };
}

/** A name is the user's own text: it gets no lines of its own, and nothing that a mail program would make a link of. */
function onOneLine(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return /[/:@]|\.\p{L}/u.test(line) || line === '' ? 'there' : [...line].slice(0, 80).join('');
}
