import { describe, expect, it } from 'vitest';
import { DAY } from '../ports.js';
import { scopeOf } from '../session/session.js';
import type { User } from '../users/user.js';
import { noPolicy } from '../users/user.js';
import type { Policy } from './policy.js';
import { dueAt, usableOf } from './policy.js';
import { policyChanges, utc } from './policy-words.js';
import { reminderAfter, stageDue } from './reminder.js';

const NOW = 1_793_620_800_000;
const DEADLINE = NOW + 30 * DAY;

const userOf = (policy: Partial<Policy>, held: readonly string[] = []): User => ({
  ...{
    id: 'mia',
    email: 'mia@demo.example',
    name: 'Mia',
    role: 'MEMBER',
    createdAt: 0,
    factorsFrozenUntil: null,
    lastSignInAt: null,
  },
  organization: { id: 'demo', name: 'Demo', ...noPolicy, ...policy },
  twoFactorMethod: held[0] ?? null,
  ...(policy.allowedMethods && held.length > 0 && { heldMethods: held }),
});

describe('what a session is good for', () => {
  const demanded = { twoFactorRequired: true, requiredFrom: DEADLINE };

  it('changes at the deadline, not a moment before', () => {
    const user = userOf(demanded);
    expect(scopeOf(user, DEADLINE - 1)).toBe('FULL');
    expect(scopeOf(user, DEADLINE)).toBe('TWO_FACTOR_SETUP_ONLY');
    expect(scopeOf(userOf({ twoFactorRequired: true }), NOW)).toBe('TWO_FACTOR_SETUP_ONLY');
    expect(scopeOf(userOf({ requiredFrom: NOW }), NOW)).toBe('FULL');
    expect(scopeOf(userOf(demanded, ['SMS']), DEADLINE)).toBe('FULL');
  });

  it('counts who holds only methods that are ruled out as unprotected, and who holds another as protected', () => {
    const appsOnly = { ...demanded, allowedMethods: ['TOTP'] };
    expect(scopeOf(userOf(appsOnly, ['SMS']), DEADLINE)).toBe('TWO_FACTOR_SETUP_ONLY');
    expect(scopeOf(userOf(appsOnly, ['SMS', 'TOTP']), DEADLINE)).toBe('FULL');
    expect(dueAt(userOf(appsOnly, ['SMS']), NOW)).toBe(DEADLINE);
    expect(dueAt(userOf(appsOnly, ['TOTP']), NOW)).toBeNull();
    expect(dueAt(userOf({}), NOW)).toBeNull();
  });
});

describe('what may prove a sign-in', () => {
  const factor = (kind: string) => ({
    ...{ id: kind, kind, slot: 'PRIMARY', sealed: '', usedStep: null, createdAt: 0 },
  });
  const held = (...kinds: [string, ...string[]]) =>
    ({ userId: 'mia', method: kinds[0], factors: kinds.map(factor) }) as unknown as Parameters<
      typeof usableOf
    >[0];
  const appsOnly = { ...noPolicy, twoFactorRequired: true, requiredFrom: DEADLINE, allowedMethods: ['TOTP'] };
  const kindsOf = (now: number, ...kinds: [string, ...string[]]) => {
    const { method, factors } = usableOf(held(...kinds), appsOnly, now);
    return [method, factors.map(({ kind }) => kind)];
  };

  it('is from the deadline on what is allowed, as long as there is such', () => {
    expect(kindsOf(DEADLINE - 1, 'SMS', 'TOTP')).toEqual(['SMS', ['SMS', 'TOTP']]);
    expect(kindsOf(DEADLINE, 'SMS', 'TOTP')).toEqual(['TOTP', ['TOTP']]);
    expect(kindsOf(DEADLINE, 'SMS')).toEqual(['SMS', ['SMS']]);
  });
});

describe('reminders', () => {
  it('come when it is announced, a week and a day before', () => {
    const week = { stage: 'WEEK', at: DEADLINE - 7 * DAY };
    expect(reminderAfter(DEADLINE, NOW)).toEqual(week);
    expect(reminderAfter(DEADLINE, week.at)).toEqual({ stage: 'DAY', at: DEADLINE - DAY });
    expect(reminderAfter(DEADLINE, DEADLINE - DAY)).toBeNull();
    // Announced three days before: the week is over.
    expect(reminderAfter(DEADLINE, DEADLINE - 3 * DAY)).toMatchObject({ stage: 'DAY' });
  });

  it('are one where two became due in a pause, and none after the deadline', () => {
    const announced = { stage: 'ANNOUNCED', at: NOW } as const;
    expect(stageDue(announced, DEADLINE, NOW)).toBe('ANNOUNCED');
    expect(stageDue(announced, DEADLINE, DEADLINE - 6 * DAY)).toBe('WEEK');
    expect(stageDue(announced, DEADLINE, DEADLINE - 1)).toBe('DAY');
    expect(stageDue(announced, DEADLINE, DEADLINE)).toBeNull();
    const late = { stage: 'ANNOUNCED', at: DEADLINE - 3 * DAY } as const;
    expect(stageDue(late, DEADLINE, late.at)).toBe('ANNOUNCED');
  });
});

describe('the words of the audit log', () => {
  it('name what differs', () => {
    const after = {
      twoFactorRequired: true,
      requiredFrom: NOW,
      allowedMethods: ['TOTP'],
      trustedBrowsersAllowed: false,
    };
    expect(policyChanges(noPolicy, after)).toBe(
      'required: no → from 2026-11-02 12:00 UTC; methods: all → TOTP',
    );
    expect(policyChanges(after, { ...after, requiredFrom: null, trustedBrowsersAllowed: true })).toBe(
      'required: from 2026-11-02 12:00 UTC → at once; trusted browsers: no → yes',
    );
    expect(policyChanges(after, after)).toBe('nothing changed');
  });

  it('count dates as the calendar does', () => {
    for (let at = Date.UTC(1999, 11, 30, 23, 59); at < Date.UTC(2105, 2, 3); at += 17 * DAY + 3_600_000) {
      const expected = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      expect(utc(at)).toBe(expected);
    }
    for (const day of ['2000-02-29', '2028-02-29', '2100-02-28', '2100-03-01', '2026-12-31', '2027-01-01'])
      expect(utc(Date.parse(day))).toBe(`${day} 00:00 UTC`);
  });
});
