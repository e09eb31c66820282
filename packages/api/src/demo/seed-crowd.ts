import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY, HOUR } from '@twofold/core/ports';
import type { Instant } from '@twofold/core/ports';
import { issueRecoveryCode } from '@twofold/core/two-factor/recovery-code';
import type { Factor } from '@twofold/core/two-factor/two-factor';
import { factorPlace } from '@twofold/core/two-factor/two-factor';
import { noPolicy } from '@twofold/core/users/user';
import type { NewUser } from '../store/users/create-account.js';
import { createOrganization, createUser } from '../store/users/create-account.js';
import { DEMO_PASSWORD, moreMembers } from './people.js';
import type { SeedDeps } from './seed-demo.js';

export interface Crowd {
  readonly organization: { readonly id: string; readonly name: string };
  readonly users: number;
  /** The email. */
  readonly owner: string;
}

interface Watched {
  /** Ends it between two batches. */
  readonly signal: AbortSignal;
  readonly onProgress: (made: number) => void;
}

/** So few that nobody else waits long for one transaction. */
const BATCH = 200;
/** An app's secret costs a picture of its code. Nobody signs in by these, so some are enough. */
const SECRETS = 20;

/** Adds an organisation with this many users; each run makes one of its own. A third has no two-factor, a third an app, a third texts. */
export async function seedCrowd(
  deps: SeedDeps,
  users: number,
  { signal, onProgress }: Watched,
): Promise<Crowd> {
  const passwordHash = await deps.hasher.hash(DEMO_PASSWORD);
  const now = deps.clock.now();
  const id = deps.random.id();
  const tag = deps.random.digits(6);
  const organization = { id, name: `Crowd ${tag}`, ...noPolicy };
  const host = `crowd-${tag}.example`;
  const secrets = await appSecrets(deps, organization.name);
  const userAt = (index: number): NewUser => ({
    id: deps.random.id(),
    organizationId: id,
    name: `${moreMembers[index % moreMembers.length] ?? ''} ${String(index + 1)}`,
    email: `user${String(index + 1)}@${host}`,
    role: index === 0 ? 'OWNER' : index < 3 ? 'ADMIN' : 'MEMBER',
    passwordHash,
    createdAt: now - 400 * DAY + (index % 300) * DAY,
    lastSignInAt: index % 7 === 3 ? null : now - (index % 60) * DAY - (index % 24) * HOUR,
    disabledAt: index % 50 === 49 ? now - 5 * DAY : null,
  });

  for (let made = 0; made < users; made += BATCH) {
    // SQLite answers without waiting, and signals are heard between two turns alone.
    await nextTurn();
    signal.throwIfAborted();
    const batch = Array.from({ length: Math.min(BATCH, users - made) }, (_, place) => made + place);
    await deps.transaction(async () => {
      if (made === 0) await createOrganization(deps.sql, { ...organization, createdAt: now - 400 * DAY });
      for (const index of batch) {
        const user = userAt(index);
        await createUser(deps.sql, user);
        if (index % 3 !== 0) await protect(deps, user, index, secrets);
      }
    });
    onProgress(made + batch.length);
  }
  return { organization: { id, name: organization.name }, users, owner: `user1@${host}` };
}

async function appSecrets(deps: SeedDeps, issuer: string): Promise<string[]> {
  const factor = deps.factors.of('TOTP');
  if (factor.shape !== 'scan') throw new Error('An app scans.');
  const secrets = [];
  for (let i = 0; i < SECRETS; i++) secrets.push((await factor.enroll({ issuer, account: 'demo' })).secret);
  return secrets;
}

async function protect(
  deps: SeedDeps,
  user: NewUser,
  index: number,
  secrets: readonly string[],
): Promise<void> {
  const method = index % 3 === 1 ? 'TOTP' : 'SMS';
  const enabledAt: Instant = user.createdAt + 10 * DAY;
  const address = method === 'TOTP' ? secrets[index % SECRETS]! : `+4915${String(123_000_000 + index)}`;
  const id = deps.random.id();
  const sealed = deps.cipher.seal(address, factorPlace(id));
  const factor: Factor = { id, kind: method, slot: 'PRIMARY', sealed, usedStep: null, createdAt: enabledAt };
  await deps.twoFactors.replace({
    userId: user.id,
    method,
    enabledAt,
    lastUsedAt: user.lastSignInAt ?? null,
    recoveryCodeHash: issueRecoveryCode(deps).hash,
    recoveryCodeCreatedAt: enabledAt,
    factors: [factor],
  });
}
