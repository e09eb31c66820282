import { issueFirstLink } from '@twofold/core/passwords/issue-first-link';
import type { User } from '@twofold/core/users/user';
import { linkTo } from '../../adapters/mail/mail-copy.js';
import type { Document } from '../act.js';
import type { Terminal } from '../shell.js';
import { CommandRefused } from '../shell.js';
import type { Accounts } from './open-accounts.js';

/** Makes the link by which an account gets its first password, prints it, and mails it where there is a mail server. */
export async function firstLink(accounts: Accounts, user: User, { print }: Terminal): Promise<Document> {
  const issued = await issueFirstLink(accounts)(user);
  if (!issued.ok) {
    throw new CommandRefused(
      `${user.email} has a password. Whoever forgot it asks for a new one on the sign-in page.`,
    );
  }
  const { token, expiresAt } = issued.value;
  const link = linkTo(accounts.publicUrl, { purpose: 'FIRST_PASSWORD', token });
  print('The first password is set by this link. It works once, for 72 hours; give it to nobody else:');
  print(link);
  return { link, expiresAt: new Date(expiresAt).toISOString() };
}
