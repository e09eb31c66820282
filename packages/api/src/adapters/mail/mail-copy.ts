import type { LinkPurpose } from '@twofold/core/links/link';
import type { Instant, Notice, NoticeDetail } from '@twofold/core/ports';
import type { Mail } from './mailer.js';

interface Copy {
  readonly subject: string;
  /** `{deadline}` is filled in. */
  readonly happened: string;
  /** What the owner can do beside what every mail says. */
  readonly next?: string;
  /** In the place of what every mail says to those who did it, and to those who did not; before the link. */
  readonly closing?: readonly string[];
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

/** The mail about something that happened to an account. The only link in it leads to `publicUrl`. */
export function noticeMail(
  owner: { readonly email: string; readonly name: string },
  notice: Notice,
  at: Instant,
  publicUrl: string,
  detail: NoticeDetail = {},
): Mail {
  const { subject, happened, next, closing = usualClosing } = copy[notice];
  const paragraphs = [
    `Hello ${onOneLine(owner.name)},`,
    happened.replace('{deadline}', utc(detail.deadline ?? at)),
    `When: ${utc(at)}`,
    ...(next === undefined ? [] : [next]),
    ...closing,
    detail.link ? linkTo(publicUrl, detail.link) : publicUrl,
  ];
  return { to: owner.email, subject, text: `${paragraphs.join('\n\n')}\n` };
}

const usualClosing = [
  'If this was you, there is nothing more to do.',
  'If it was not you, tell an administrator of your organisation at once. If you can still sign in, change your password as well:',
];

const utc = (at: Instant) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A name is the user's own text: it gets no lines of its own, and nothing that a mail program would make a link of. */
function onOneLine(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return /[/:@]|\.\p{L}/u.test(line) || line === '' ? 'there' : [...line].slice(0, 80).join('');
}
