import { resetTwoFactor } from '@twofold/core/two-factor/reset-two-factor';
import { deactivateUser } from '@twofold/core/users/deactivate-user';
import { reactivateUser } from '@twofold/core/users/reactivate-user';
import type { User } from '@twofold/core/users/user';
import { normalizeEmail } from '@twofold/core/users/user';
import { Command } from 'commander';
import type { Call, Document } from '../act.js';
import { act } from '../act.js';
import type { FullShell } from '../shell.js';
import { CommandRefused } from '../shell.js';
import { createCommand } from './create-command.js';
import { firstLink } from './link-command.js';
import type { Accounts } from './open-accounts.js';
import { withAccounts } from './open-accounts.js';

type Work = (accounts: Accounts, user: User, call: Call<object>) => Promise<Document>;

/** `user …`: what an operator does to an account. Each is a line of the audit log. */
export function userCommand(shell: FullShell): Command {
  const user = new Command('user').description('accounts, for those who have made sure who asks');
  user.addCommand(createCommand(shell));
  const onOne = (name: string, description: string, work: Work) =>
    act(
      user.command(name).argument('<email>').description(description),
      shell.terminal,
      [`user ${name} mia@demo.example`],
      (call) =>
        withAccounts(shell, call.terminal, async (accounts) =>
          work(accounts, await userOf(accounts, call.words[0] ?? ''), call),
        ),
    );
  onOne('reset-2fa', 'switch two-factor off for somebody who has lost every way to sign in', reset);
  onOne('link', 'make the link anew by which an account gets its first password', link);
  onOne('deactivate', 'keep a user out: sessions and pending sign-ins end at once', deactivate);
  onOne('reactivate', 'let a user in again', reactivate);
  return user;
}

async function userOf({ users }: Accounts, email: string): Promise<User> {
  const credentials = await users.credentialsByEmail(normalizeEmail(email));
  if (credentials === null) throw new CommandRefused('There is no user with this email.');
  return credentials.user;
}

const reset: Work = async (accounts, user, { terminal }) => {
  const result = await resetTwoFactor(accounts)(user);
  if (!result.ok) throw new CommandRefused(`Two-factor authentication is off for ${user.email} already.`);
  const { endedSessions } = result.value;
  terminal.print(
    `Two-factor authentication is off for ${user.email}. Sessions ended: ${String(endedSessions)}.`,
  );
  return { email: user.email, twoFactorEnabled: false, endedSessions };
};

const link: Work = async (accounts, user, { terminal }) => ({
  email: user.email,
  ...(await firstLink(accounts, user, terminal)),
});

const deactivate: Work = async (accounts, user, { terminal }) => {
  const { endedSessions } = await deactivateUser(accounts)(user);
  terminal.print(`${user.email} is deactivated. Sessions ended: ${String(endedSessions)}.`);
  return { email: user.email, active: false, endedSessions };
};

const reactivate: Work = async (accounts, user, { terminal }) => {
  await reactivateUser(accounts)(user);
  terminal.print(`${user.email} may sign in again.`);
  return { email: user.email, active: true };
};
