import { DAY, HOUR } from '@twofold/core/ports';
import { issueRecoveryCode } from '@twofold/core/two-factor/recovery-code';
import { factorPlace } from '@twofold/core/two-factor/two-factor';
import type { Deps } from '@twofold/core/use-cases';
import { noPolicy } from '@twofold/core/users/user';
import type { NewUser } from '../store/users/create-account.js';
import { createOrganization, createUser } from '../store/users/create-account.js';
import type { Sql } from '../store/engine/sql.js';
import { DEMO_PASSWORD, demoOrganizations, moreMembers, namedPeople } from './people.js';

export type SeedDeps = Pick<
  Deps,
  'clock' | 'random' | 'hasher' | 'digest' | 'cipher' | 'factors' | 'twoFactors' | 'transaction'
> & {
  readonly sql: Sql;
};

/** Fills an empty database with the demo data of the contract. False where there is an organisation already. */
export async function seedDemo(deps: SeedDeps): Promise<boolean> {
  // One hash serves all: they share one password, and everybody may know it.
  const passwordHash = await deps.hasher.hash(DEMO_PASSWORD);
  return deps.transaction(async () => {
    const existing = await deps.sql.all('SELECT id FROM organizations LIMIT 1');
    if (existing.length > 0) return false;
    const now = deps.clock.now();
    const ids = { demo: deps.random.id(), other: deps.random.id() };
    for (const key of ['demo', 'other'] as const) {
      const organization = {
        id: ids[key],
        name: demoOrganizations[key],
        ...noPolicy,
        trustedBrowsersAllowed: key === 'demo',
      };
      await createOrganization(deps.sql, { ...organization, createdAt: now - 400 * DAY });
    }
    for (const [index, { organization, ...person }] of namedPeople.entries()) {
      const createdAt = now - (300 - index) * DAY;
      await createUser(deps.sql, {
        ...person,
        id: deps.random.id(),
        organizationId: ids[organization],
        passwordHash,
        createdAt,
      });
    }
    for (const [index, name] of moreMembers.entries()) {
      const member = memberAt(index, name, now, {
        id: deps.random.id(),
        organizationId: ids.demo,
        passwordHash,
      });
      await createUser(deps.sql, member);
      if (index % 3 !== 0) await protect(deps, member, index);
    }
    return true;
  });
}

function memberAt(
  index: number,
  name: string,
  now: number,
  base: Pick<NewUser, 'id' | 'organizationId' | 'passwordHash'>,
): NewUser {
  const neverSignedIn = index % 7 === 3;
  return {
    ...base,
    name,
    email: `${name.toLowerCase().replace(' ', '.')}@demo.example`,
    role: 'MEMBER',
    createdAt: now - (250 - 4 * index) * DAY,
    lastSignInAt: neverSignedIn ? null : now - (1 + ((index * 37) % 60)) * DAY - ((index * 5) % 24) * HOUR,
    disabledAt: index % 14 === 13 ? now - 5 * DAY : null,
  };
}

/** Two-factor by app, by text, or by text with a backup phone. Nobody has the codes: these accounts are to be looked at. */
async function protect(deps: SeedDeps, user: NewUser, index: number): Promise<void> {
  const { hash } = issueRecoveryCode(deps);
  const enabledAt = user.createdAt + 10 * DAY;
  const kind = index % 3 === 1 ? 'TOTP' : 'SMS';
  const factorOf = async (slot: 'PRIMARY' | 'BACKUP', address: string) => {
    const id = deps.random.id();
    const factor = deps.factors.of(kind);
    const label = { issuer: demoOrganizations.demo, account: user.email };
    const secret = factor.shape === 'scan' ? (await factor.enroll(label)).secret : address;
    const sealed = deps.cipher.seal(secret, factorPlace(id));
    return { id, kind, slot, sealed, usedStep: null, createdAt: enabledAt };
  };
  const number = (last: number) => `+49151234500${String(last).padStart(2, '0')}`;
  const factors = [await factorOf('PRIMARY', number(index))];
  if (index % 6 === 2) factors.push(await factorOf('BACKUP', number(index + 50)));
  await deps.twoFactors.replace({
    userId: user.id,
    method: kind,
    enabledAt,
    lastUsedAt: user.lastSignInAt ?? null,
    recoveryCodeHash: hash,
    recoveryCodeCreatedAt: enabledAt,
    factors,
  });
}
