import type { RecordedDeps } from '../audit/recorded.js';
import { attemptOn } from '../audit/recorded.js';
import type { Clock, Hasher, PasswordStrength, Random } from '../ports.js';
import { isAcceptablePassword } from './acceptable-password.js';
import type { AccountStore } from './account-store.js';
import type { UserStore } from './user-store.js';
import type { Organization, Role, User } from './user.js';
import { isEmail, isName, noPolicy, normalizeEmail } from './user.js';

export interface CreateUserDeps extends RecordedDeps {
  readonly clock: Clock;
  readonly random: Pick<Random, 'id'>;
  readonly hasher: Hasher;
  readonly strength: PasswordStrength;
  readonly users: Pick<UserStore, 'credentialsByEmail' | 'add'>;
  readonly accounts: AccountStore;
}

export interface CreateUserInput {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** null: the first one is set by a link (issueFirstLink), and until then nobody can sign in. */
  readonly password: string | null;
  /** One that there is, or the name of one that is founded for the user. */
  readonly organization: Organization | string;
}

export type CreateUserFault =
  'NOT_AN_EMAIL' | 'NOT_A_NAME' | 'ORGANIZATION_EXISTS' | 'EMAIL_TAKEN' | 'PASSWORD_TOO_WEAK';

/** An operator adds a user, with a password that changePassword would take as well. Answers the user, or why there is none. */
export function createUser(deps: CreateUserDeps) {
  return async (input: CreateUserInput): Promise<User | CreateUserFault> => {
    const now = deps.clock.now();
    const isNew = typeof input.organization === 'string';
    const organization = isNew ? newOrganization(deps.random.id(), input.organization) : input.organization;
    const user: User = {
      id: deps.random.id(),
      email: normalizeEmail(input.email),
      name: input.name.trim(),
      role: input.role,
      createdAt: now,
      lastSignInAt: null,
      organization,
      twoFactorMethod: null,
      factorsFrozenUntil: null,
    };
    if (!isEmail(user.email)) return 'NOT_AN_EMAIL';
    if (!isName(user.name) || !isName(organization.name)) return 'NOT_A_NAME';
    const { password } = input;
    if (password !== null && !(await isAcceptablePassword(deps.strength, password, user)))
      return 'PASSWORD_TOO_WEAK';
    const passwordHash = password === null ? null : await deps.hasher.hash(password);

    return deps.transaction(async () => {
      if (await deps.users.credentialsByEmail(user.email)) return 'EMAIL_TAKEN';
      if (isNew) {
        if ((await deps.accounts.organizationsCalled(organization.name)).length > 0)
          return 'ORGANIZATION_EXISTS';
        await deps.accounts.addOrganization({ ...organization, createdAt: now });
      }
      const { id, email, name, role, createdAt } = user;
      const account = { id, email, name, role, createdAt, passwordHash, organizationId: organization.id };
      // Taken since it was looked up: an organisation without anybody must not stay behind.
      if (!(await deps.users.add(account))) throw new Error('The email was taken at the same moment.');
      await deps.audit.record({ ...attemptOn(user, 'CREATE_USER'), outcome: 'DONE' });
      return user;
    });
  };
}

function newOrganization(id: string, name: string): Organization {
  return { id, name: name.trim(), ...noPolicy };
}
