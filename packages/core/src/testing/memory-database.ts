import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditEvent } from '../audit/audit-log.js';
import type { SentText } from '../delivery/sent-text.js';
import type { TextOutcome } from '../delivery/text-report.js';
import type { Link } from '../links/link.js';
import type { Reminder } from '../policy/reminder.js';
import type { Instant, Transaction } from '../ports.js';
import type { Session } from '../session/session.js';
import type { Challenge } from '../sign-in/challenge.js';
import type { Setup, TwoFactor } from '../two-factor/two-factor.js';
import type { KeptTrust } from '../trusted-browsers/trusted-browser.js';
import type { Organization, Role } from '../users/user.js';

/** A user as stored: what depends on other tables is joined when it is read. */
export interface StoredUser {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string | null;
  readonly passwordSetAt: Instant;
  readonly createdAt: Instant;
  readonly disabledAt: Instant | null;
  readonly lastSignInAt: Instant | null;
  readonly passwordResetDue?: boolean;
  readonly factorsFrozenUntil?: Instant | null;
}

export interface Tables {
  readonly organizations: Map<string, Organization>;
  readonly users: Map<string, StoredUser>;
  readonly sessions: Map<string, { readonly session: Session; readonly tokenHash: string }>;
  readonly challenges: Map<string, { readonly challenge: Challenge; readonly tokenHash: string }>;
  readonly twoFactors: Map<string, TwoFactor>;
  readonly setups: Map<string, Setup>;
  readonly policies: Map<string, { readonly version: number; readonly reminder: Reminder | null }>;
  /** Users by what they are told. */
  readonly policyReminders: Map<string, string>;
  readonly links: Map<string, { readonly link: Link; readonly tokenHash: string }>;
  readonly trustedBrowsers: Map<string, KeptTrust>;
  readonly auditEvents: Map<string, AuditEvent>;
  readonly sentTexts: Map<string, SentText & { readonly outcome: TextOutcome | null }>;
  readonly limits: Map<string, { readonly state: unknown; readonly expiresAt: Instant }>;
}

export interface MemoryDatabase {
  readonly transaction: Transaction;
  isInsideTransaction(): boolean;
  /** Within a transaction what it has done so far, outside of one what is committed. */
  read<T>(look: (tables: Tables) => T): Promise<T>;
  /** Outside of a transaction it waits until none is under way. What throws changes nothing. */
  write<T>(change: (tables: Tables) => T): Promise<T>;
}

/** Tables in memory with transactions that behave as the databases' do: one after the other, unseen until they commit,
 *  and without a trace when they throw. */
export function memoryDatabase(): MemoryDatabase {
  const storage = new AsyncLocalStorage<{ readonly tables: Tables; over: boolean }>();
  let committed = copyOf(null);
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  function inside() {
    const current = storage.getStore();
    if (current?.over)
      throw new Error('A statement came after the end of its transaction: something was not awaited.');
    return current;
  }

  const transaction: Transaction = (work) => {
    if (inside()) return work();
    return inTurn(async () => {
      const current = { tables: copyOf(committed), over: false };
      const result = await storage.run(current, work).finally(() => (current.over = true));
      committed = current.tables;
      return result;
    });
  };

  return {
    transaction,
    isInsideTransaction: () => inside() !== undefined,
    read: async (look) => {
      // As with a database the answer comes later, so that a test meets the same races.
      await Promise.resolve();
      return look(inside()?.tables ?? committed);
    },
    write: (change) =>
      transaction(async () => {
        await Promise.resolve();
        const current = inside();
        if (!current) throw new Error('A write is always in a transaction.');
        return change(current.tables);
      }),
  };
}

function copyOf(tables: Tables | null): Tables {
  return {
    organizations: new Map(tables?.organizations),
    users: new Map(tables?.users),
    sessions: new Map(tables?.sessions),
    challenges: new Map(tables?.challenges),
    twoFactors: new Map(tables?.twoFactors),
    setups: new Map(tables?.setups),
    policies: new Map(tables?.policies),
    policyReminders: new Map(tables?.policyReminders),
    links: new Map(tables?.links),
    trustedBrowsers: new Map(tables?.trustedBrowsers),
    auditEvents: new Map(tables?.auditEvents),
    sentTexts: new Map(tables?.sentTexts),
    limits: new Map(tables?.limits),
  };
}

/** Deletes the rows that meet the condition and answers how many there were. */
export function deleteWhere<V>(table: Map<string, V>, condition: (value: V) => boolean): number {
  let deleted = 0;
  for (const [key, value] of table) {
    if (condition(value)) {
      table.delete(key);
      deleted += 1;
    }
  }
  return deleted;
}

/** Changes the row, where there is one, and answers whether there was. */
export function update<V>(table: Map<string, V>, key: string, change: (value: V) => V): boolean {
  const value = table.get(key);
  if (value === undefined) return false;
  table.set(key, change(value));
  return true;
}
