import type { CreateUserFault } from '@twofold/core/users/create-user';
import { createUser } from '@twofold/core/users/create-user';
import type { Organization, Role } from '@twofold/core/users/user';
import { isEmail, isName, normalizeEmail, roles } from '@twofold/core/users/user';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Document } from '../act.js';
import { act } from '../act.js';
import { readPassword } from '../read-password.js';
import type { FullShell, Terminal } from '../shell.js';
import { CommandRefused } from '../shell.js';
import { firstLink } from './link-command.js';
import type { Accounts } from './open-accounts.js';
import { withAccounts } from './open-accounts.js';

interface Options {
  readonly name: string;
  readonly role: Role;
  readonly organization: string;
  readonly newOrganization: boolean;
  readonly owner: boolean;
}

const faults: Readonly<Record<CreateUserFault, string>> = {
  NOT_AN_EMAIL: 'That is not an email address.',
  NOT_A_NAME: 'A name is one line of 1 to 200 characters.',
  ORGANIZATION_EXISTS: 'There is an organisation of this name already: leave --new-organization out.',
  EMAIL_TAKEN: 'There is a user with this email already.',
  PASSWORD_TOO_WEAK:
    'The password is too easy to guess: take a longer or less common one, of 12 to 1,024 characters.',
};

export function createCommand(shell: FullShell): Command {
  const create = new Command('create')
    .argument('<email>', 'by which the user signs in', anEmail)
    .description(
      'add a user; the password is asked for, or read from standard input, unless a link is made for it',
    )
    .requiredOption('--name <name>', 'as the dashboard shows it', aName)
    .addOption(new Option('--role <role>', 'what the user may do').choices(roles).default('MEMBER'))
    .option('--owner', 'an OWNER, who sets the password by a one-time link: none is asked for', false)
    .requiredOption('--organization <name or id>', 'where the user belongs', aName)
    .option('--new-organization', 'make the organisation as well', false);
  const examples = [
    'user create --owner olivia@demo.example --name "Olivia Hart" --organization "Demo Signage" --new-organization',
    'user create mia@demo.example --name "Mia Lindqvist" --organization "Demo Signage" < password.txt',
  ];
  return act<Options>(create, shell.terminal, examples, ({ words: [email = ''], options, terminal }) =>
    withAccounts(shell, terminal, (accounts) => add(accounts, email, options, { shell, terminal })),
  );
}

async function add(
  accounts: Accounts,
  email: string,
  { name, role, owner, newOrganization, ...options }: Options,
  { shell, terminal }: { shell: FullShell; terminal: Terminal },
): Promise<Document> {
  const organization = newOrganization
    ? options.organization
    : await organizationOf(accounts, options.organization);
  const password = owner ? null : await readPassword(shell.input, terminal);
  const account = { email, name, role: owner ? 'OWNER' : role, password, organization } as const;
  const user = await createUser(accounts)(account);
  if (typeof user === 'string') throw new CommandRefused(faults[user]);
  terminal.print(`${user.email} is ${user.role} of ${user.organization.name}. Id: ${user.id}`);
  return {
    ...(owner && (await firstLink(accounts, user, terminal))),
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    organization: { id: user.organization.id, name: user.organization.name },
  };
}

async function organizationOf({ accounts }: Accounts, nameOrId: string): Promise<Organization> {
  const [found, ...more] = await accounts.organizationsCalled(nameOrId);
  if (found === undefined)
    throw new CommandRefused('There is no such organisation. --new-organization makes it.');
  if (more.length > 0) throw new CommandRefused('Several organisations have this name: take the id.');
  return found;
}

function anEmail(text: string): string {
  if (!isEmail(normalizeEmail(text))) throw new InvalidArgumentError(faults.NOT_AN_EMAIL);
  return text;
}

function aName(text: string): string {
  if (!isName(text.trim())) throw new InvalidArgumentError(faults.NOT_A_NAME);
  return text.trim();
}
