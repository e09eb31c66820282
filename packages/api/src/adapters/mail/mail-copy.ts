import type { LinkPurpose } from '@twofold/core/links/link';
import type { Instant, Notice, NoticeDetail, Origin } from '@twofold/core/ports';
import { deviceName } from '@twofold/core/session/device-name';
import { notMeClosing, usualClosing, words } from './mail-words.js';
import type { Mail } from './mailer.js';

/** The page of the client that each link leads to. */
const pages: Readonly<Record<LinkPurpose, string>> = {
  INVITATION: 'invitation',
  FIRST_PASSWORD: 'first-password',
  PASSWORD_RESET: 'reset-password',
  EMAIL_CHANGE: 'confirm-email',
  NOT_ME: 'not-me',
};

/** The token is behind the `#`: a browser sends it to no server by itself, and no log or referrer has it. */
export function linkTo(publicUrl: string, { purpose, token }: NonNullable<NoticeDetail['link']>): string {
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
  const { subject, happened, next, closing = usualClosing } = words[notice];
  const last = detail.link?.purpose === 'NOT_ME' ? notMeClosing : closing;
  const paragraphs = [
    `Hello ${onOneLine(owner.name, 'there')},`,
    filledIn(happened, { deadline: at, ...detail }),
    `When: ${utc(at)}`,
    ...(detail.origin ? [placeOf(detail.origin)] : []),
    ...(next === undefined ? [] : [next]),
    ...last,
    linkOf(publicUrl, detail),
  ];
  return { to: owner.email, subject, text: `${paragraphs.join('\n\n')}\n` };
}

function filledIn(words: string, { invitedBy, organization, newEmail, deadline }: NoticeDetail): string {
  const values: Readonly<Record<string, string>> = {
    invitedBy: onOneLine(invitedBy ?? '', 'Somebody'),
    organization: onOneLine(organization ?? '', 'an organisation'),
    newEmail: plainEmail(newEmail ?? ''),
    deadline: utc(deadline ?? 0),
  };
  return words.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** A name is somebody's own text: it gets no lines of its own, and nothing that a mail program would make a link of. */
function onOneLine(name: string, otherwise: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return /[/:@]|\.\p{L}/u.test(line) || line === '' ? otherwise : [...line].slice(0, 80).join('');
}

/** An address may be chosen to be read as something else. What is not plain is not repeated. */
function plainEmail(email: string): string {
  return /^[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(email) && !email.startsWith('www.')
    ? email
    : 'another address';
}

const utc = (at: Instant) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
