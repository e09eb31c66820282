import { exportAuditLog } from '@twofold/core/audit/export-audit-log';
import type { ListAuditEventsInput } from '@twofold/core/audit/list-audit-events';
import { sealAuditLog } from '@twofold/core/audit/seal-audit-log';
import { SECOND } from '@twofold/core/ports';
import type { LiveSession } from '@twofold/core/session/session';
import type { ListUsersInput } from '@twofold/core/users/list-users';
import { createHmacDigest } from '../../../src/adapters/keys/hmac-digest.js';
import { createKeyRing } from '../../../src/adapters/keys/key-ring.js';
import { auditChainStore } from '../../../src/store/audit/audit-chain.store.js';
import type { Database } from '../../../src/store/data-source.js';
import { purgeExpired } from '../../../src/store/purge-expired.js';
import type { Fixture } from '../../faults/fixture.js';
import { challenge, ended } from '../../faults/fixture.js';
import type { App } from '../../harness/client.js';
import { testKey } from '../../harness/open-service.js';
import type { Middle } from './middle.js';

export interface Operation {
  readonly name: string;
  /** That the reads stay the same, that they stay below MOST_READS, or nothing, because it counts all. */
  readonly promise: 'FLAT' | 'BOUNDED' | 'GROWS';
  readonly repetitions: number;
  /** Before each measurement. */
  prepare?(): Promise<unknown>;
  work(): Promise<unknown>;
}

export interface Parties {
  readonly fixture: Fixture;
  readonly database: Database;
  /** An administrator of the large organisation, signed in. */
  readonly live: LiveSession;
  /** Of that session. */
  readonly token: string;
  readonly person: { readonly email: string; readonly app: App };
  readonly middle: Middle;
}

const FIRST = 50;
const OFTEN = 15;
const FEW_MATCH = 'quixote';
const MANY_MATCH = 'e';
const SOME_MATCH = 'brandt';

/** Each as the API would ask for it. */
export function operationsOf(parties: Parties): Operation[] {
  return [
    ...signingIn(parties),
    ...listing(parties),
    ...searching(parties),
    ...looking(parties),
    ...keeping(parties),
  ];
}

const flat = (name: string, work: Operation['work']): Operation => ({
  name,
  promise: 'FLAT',
  repetitions: OFTEN,
  work,
});

function signingIn({ fixture, token, person }: Parties): Operation[] {
  const { useCases, clock } = fixture;
  const verify = async (code: () => string) => {
    clock.advance(30 * SECOND);
    const challengeToken = await challenge(fixture, person.email);
    return ended(useCases.verifyTwoFactorCode({ challengeToken, method: null, code: code() }));
  };
  return [
    flat('sign-in by password and code', () => verify(() => person.app.code()).then(demand('DONE'))),
    flat('who am I', async () => demand('found')((await useCases.useSession(token)) ? 'found' : 'gone')),
    flat('a wrong code, and then the right one', async () => {
      await verify(() => '000000').then(demand('INVALID_CODE'));
      await verify(() => person.app.code()).then(demand('DONE'));
    }),
  ];
}

function listing({ fixture, live, middle }: Parties): Operation[] {
  const operations: Operation[] = [];
  for (const field of ['NAME', 'EMAIL', 'ROLE', 'LAST_SIGN_IN_AT'] as const) {
    for (const direction of ['ASC', 'DESC'] as const) {
      const list = (after: ListUsersInput['after']) => async () =>
        demand(FIRST)(
          (await listUsers(fixture, live, { orderBy: { field, direction }, after })).users.length,
        );
      operations.push(flat(`users by ${field} ${direction}, first page`, list(null)));
      operations.push(flat(`users by ${field} ${direction}, from the middle on`, list(middle[field])));
    }
  }
  return operations;
}

function searching({ fixture, live }: Parties): Operation[] {
  const page = (input: Partial<ListUsersInput>, expected: number) => async () =>
    demand(expected)((await listUsers(fixture, live, input)).users.length);
  const total = (input: Partial<ListUsersInput>) => async () =>
    (await listUsers(fixture, live, input)).total();
  const grows = (name: string, work: Operation['work']): Operation => ({
    ...flat(name, work),
    promise: 'GROWS',
  });
  return [
    flat('search, 7 match', page({ search: FEW_MATCH }, 7)),
    flat('search, all match', page({ search: MANY_MATCH }, FIRST)),
    flat('search, none matches', page({ search: 'nobody is called so' }, 0)),
    { ...flat('search, one in fifteen matches', page({ search: SOME_MATCH }, FIRST)), promise: 'BOUNDED' },
    flat('users with two-factor on, two of three', page({ twoFactorEnabled: true }, FIRST)),
    flat('totalCount of a search, 7 match', total({ search: FEW_MATCH })),
    grows('totalCount', total({})),
    grows('totalCount of those with two-factor on', total({ twoFactorEnabled: true })),
  ];
}

function looking({ fixture, live, middle }: Parties): Operation[] {
  const everybody: ListAuditEventsInput = {
    ...{ everybody: true, userId: null, action: null, succeeded: null },
    ...{ since: null, until: null, first: FIRST, after: null },
  };
  const page =
    (filter: Partial<ListAuditEventsInput>, expected = FIRST) =>
    async () =>
      demand(expected)(
        (await fixture.useCases.listAuditEvents(live.user, { ...everybody, ...filter })).events.length,
      );
  return [
    flat('activity, first page', page({})),
    flat('activity, from the middle on', page({ after: middle.line })),
    flat('activity of one user', page({ userId: middle.userId }, 50)),
    flat('activity of one kind', page({ action: 'CHANGE_PASSWORD' })),
    flat('activity of a kind that never was', page({ action: 'OPEN_SEALED_VALUE' }, 0)),
    flat('activity that failed, from the middle on', page({ succeeded: false, after: middle.line })),
    flat('activity of one day', page({ since: middle.line.at, until: middle.line.at + 86_400_000 })),
    flat('CSV, the first 100 lines', page({ first: 100 }, 100)),
  ];
}

const TO_SEAL = 1_000;
const TO_PURGE = 1_000;

function keeping({ fixture, database, live }: Parties): Operation[] {
  const { clock } = fixture;
  const chain = auditChainStore(database);
  const digest = createHmacDigest(createKeyRing([{ id: 'test', key: testKey }]));
  const seal = sealAuditLog({ chain, digest, transaction: database.transaction });
  const once = (name: string, prepare: () => Promise<unknown>, work: Operation['work']): Operation => ({
    ...{ name, promise: 'FLAT', repetitions: 1 },
    ...{ prepare, work },
  });
  return [
    once(
      '1,000 lines are sealed',
      () => seal().then(() => addLines(database, clock.now())),
      () => seal().then(demand(TO_SEAL)),
    ),
    once(
      '1,000 sessions that ran out are purged',
      () => purgeExpired(database.sql, clock.now()).then(() => addSessions(database, live.user, clock.now())),
      () => purgeExpired(database.sql, clock.now()).then(demand(TO_PURGE)),
    ),
    flat('export of the chain, the first page', async () => {
      const filter = { organizationId: live.user.organization.id, since: null, until: null };
      const first = await exportAuditLog({ chain })(filter).next();
      return demand(false)(first.done ?? false);
    }),
  ];
}

/** Of somebody without an account, so that no organisation has more to show for them. */
const addLines = ({ sql }: Database, now: number) =>
  sql.run(
    `INSERT INTO audit_events (id, at, action, outcome)
     SELECT UUID(), ? + seq, 'SIGN_IN', 'INVALID_CREDENTIALS' FROM seq_1_to_${String(TO_SEAL)}`,
    [now],
  );

const addSessions = ({ sql }: Database, { id }: LiveSession['user'], now: number) =>
  sql.run(
    `INSERT INTO sessions (id, user_id, token_hash, signed_in_at, last_seen_at, idle_expires_at, absolute_expires_at, keep_signed_in)
     SELECT UUID(), ?, UUID(), 0, 0, ? - seq, ?, 0 FROM seq_1_to_${String(TO_PURGE)}`,
    [id, now, now + 1],
  );

function listUsers({ useCases }: Fixture, { user }: LiveSession, input: Partial<ListUsersInput>) {
  const byName = { field: 'NAME', direction: 'ASC' } as const;
  return useCases.listUsers(user, {
    ...{ search: null, twoFactorEnabled: null, orderBy: byName, after: null, first: FIRST },
    ...input,
  });
}

/** What is measured has to be right. */
function demand<T>(expected: T) {
  return (found: T): void => {
    if (found !== expected) throw new Error(`Instead of ${String(expected)} there was ${String(found)}.`);
  };
}
