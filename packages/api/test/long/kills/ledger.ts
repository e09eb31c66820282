import type { AuditAction } from '@twofold/core/audit/audit-log';
import { expect } from 'vitest';
import { createArgon2Hasher } from '../../../src/adapters/passwords/argon2-hasher.js';
import type { Database } from '../../../src/store/data-source.js';
import type { Person } from './person.js';
import type { Texter } from './texter.js';
import { viewerOf } from './service.js';

/** Holds what people were told against the database, and against the service that has come back. */
export class Ledger {
  readonly counts = { before: 0, after: 0, checks: 0, textsBefore: 0, textsAfter: 0 };
  private readonly hasher = createArgon2Hasher();

  constructor(private readonly database: Database) {}

  /** How often the audit log says that it was done. A line is written in the transaction of what it tells. */
  private async doneInLog(userId: string, action: AuditAction): Promise<number> {
    const [row] = await this.database.sql.all<{ total: number }>(
      "SELECT COUNT(*) AS total FROM audit_events WHERE user_id = ? AND action = ? AND outcome = 'DONE'",
      [userId, action],
    );
    return Number(row?.total ?? -1);
  }

  /** What nobody was told: it has happened as a whole, or not at all. */
  async settle(person: Person): Promise<void> {
    const { unknown } = person;
    if (!unknown) return;
    person.unknown = null;
    const extra = (await this.doneInLog(person.id, unknown.action)) - (person.done.get(unknown.action) ?? 0);
    expect([0, 1], unknown.action).toContain(extra);
    if (extra === 0) {
      this.counts.before += 1;
      return;
    }
    this.counts.after += 1;
    person.count(unknown.action);
    unknown.happened();
  }

  /** Everything that was acknowledged: lines of the log, two-factor, sessions alive and dead, the password. */
  async check(person: Person, url: string): Promise<void> {
    const { id, done, dead, token } = person;
    for (const [action, times] of done)
      expect([action, await this.doneInLog(id, action)]).toEqual([action, times]);
    const rows = (table: string) =>
      this.database.sql.all(`SELECT * FROM ${table} WHERE user_id = ?`, [person.id]);
    const on = person.app ? 1 : 0;
    expect([(await rows('two_factors')).length, (await rows('factors')).length]).toEqual([on, on]);
    if (token !== null)
      expect(await viewerOf(url, token)).toMatchObject({ twoFactorEnabled: person.app !== null });
    const ended = dead.tokens.slice(-4);
    for (const old of ended) expect(await viewerOf(url, old)).toBeNull();
    await this.checkPassword(person);
    this.counts.checks += done.size + (token === null ? 1 : 2) + ended.length + 1;
  }

  private async checkPassword({ id, password, formerPassword }: Person): Promise<void> {
    const [row] = await this.database.sql.all<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE id = ?',
      [id],
    );
    const hash = row?.password_hash ?? null;
    expect(await this.hasher.verify(password, hash)).toBe(true);
    if (formerPassword !== null) expect(await this.hasher.verify(formerPassword, hash)).toBe(false);
  }

  /** A texted code signs in once, on whichever side of the kill. */
  async checkTexter(texter: Texter, url: string): Promise<void> {
    const happened = await this.doneInLog(texter.id, 'VERIFY_TWO_FACTOR_CODE');
    expect(texter.told ? [1] : [0, 1]).toContain(happened);
    if (!texter.told) this.counts[happened === 0 ? 'textsBefore' : 'textsAfter'] += 1;
    expect(await texter.enter(url)).toBe(happened === 0 ? 'SignedIn' : 'Problem');
    expect(await texter.enter(url)).toBe('Problem');
    expect(await this.doneInLog(texter.id, 'VERIFY_TWO_FACTOR_CODE')).toBe(1);
    this.counts.checks += 4;
  }
}
