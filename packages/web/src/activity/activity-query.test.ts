import type { AuditAction } from '@twofold/contract/graphql';
import { describe, expect, it } from 'vitest';
import { actions } from '../copy/activity-copy.js';
import {
  filterOf,
  isNarrowed,
  queryOf,
  variablesOf,
  viewOf,
  NO_FILTERS,
  type ActivityView,
} from './activity-query.js';
import { periods } from './period.js';

const NOW = Date.parse('2026-11-24T10:30:00.000Z');
const plain: ActivityView = { everybody: false, ...NO_FILTERS, after: null, page: 1 };
const noFilter = { userId: null, action: null, succeeded: null, since: null, until: null };

/** As the router gives it back after a reload. */
const reloaded = (view: ActivityView) =>
  viewOf(Object.fromEntries(Object.entries(queryOf(view)).map(([key, value]) => [key, String(value)])));

describe('the activity in the address', () => {
  it("is the newest of one's own where the address says nothing", () => {
    expect(viewOf({})).toEqual(plain);
    expect(queryOf(plain)).toEqual({});
  });

  it('is the same after it was written and read', () => {
    const view = {
      everybody: true,
      person: 'mia',
      action: 'SIGN_IN',
      onlyRefused: true,
      period: 'custom',
      from: '2026-11-01',
      to: '2026-11-24',
      after: 'cursor',
      page: 3,
    } as const;
    expect(queryOf(view)).toEqual({
      who: 'everybody',
      person: 'mia',
      period: 'custom',
      from: '2026-11-01',
      to: '2026-11-24',
      action: 'sign-in',
      outcome: 'refused',
      after: 'cursor',
      page: 3,
    });
    expect(reloaded(view)).toEqual(view);
  });

  it('finds every action again', () => {
    const all = Object.keys(actions) as AuditAction[];
    expect(all.map((action) => reloaded({ ...plain, action }).action)).toEqual(all);
  });

  it('finds every period again, and each of its days without the other', () => {
    for (const period of periods) expect(reloaded({ ...plain, period }).period).toBe(period);
    const custom = { ...plain, period: 'custom' } as const;
    for (const days of [{ from: '2026-11-01' }, { to: '2026-11-24' }, {}]) {
      expect(reloaded({ ...custom, ...days })).toEqual({ ...custom, ...days });
    }
  });

  it('keeps days that are reversed, so that they can be mended where they stand', () => {
    const { from, to } = viewOf({ period: 'custom', from: '2026-11-24', to: '2026-11-01' });
    expect([from, to]).toEqual(['2026-11-24', '2026-11-01']);
  });

  it('that names a person means one of everybody', () => {
    expect(viewOf({ person: 'mia' })).toEqual({ ...plain, everybody: true, person: 'mia' });
  });

  it('falls back where the address is wrong', () => {
    expect(viewOf({ who: 'me', action: 'constructor', outcome: ['refused', 'done'], page: '-2' })).toEqual(
      plain,
    );
    expect(viewOf({ page: '4' }).page).toBe(1);
    expect(viewOf({ period: 'constructor', from: '2026-11-01' })).toEqual(plain);
    expect(viewOf({ period: '7d', from: '2026-11-01', to: '2026-11-24' })).toEqual({
      ...plain,
      period: '7d',
    });
    expect(viewOf({ period: 'custom', from: '2026-02-30', to: 'today' })).toEqual({
      ...plain,
      period: 'custom',
    });
    expect(viewOf({ person: 'x'.repeat(65) })).toEqual(plain);
    expect(viewOf({ person: ['mia', 'ava'] })).toEqual(plain);
  });

  it('asks for 25, and narrows by what was chosen', () => {
    expect(variablesOf(plain, filterOf(plain, true, NOW))).toEqual({
      first: 25,
      after: null,
      filter: { everybody: false, ...noFilter },
    });
    const chosen = {
      ...plain,
      everybody: true,
      person: 'mia',
      action: 'SIGN_IN',
      onlyRefused: true,
    } as const;
    expect(filterOf({ ...chosen, period: '24h' }, true, NOW)).toEqual({
      everybody: true,
      userId: 'mia',
      action: 'SIGN_IN',
      succeeded: false,
      since: '2026-11-23T10:30:00.000Z',
      until: null,
    });
  });

  it('asks for nobody else as a member, whom the API would refuse', () => {
    const view = { ...plain, everybody: true, person: 'mia' };
    expect(filterOf(view, false, NOW)).toEqual({ everybody: false, ...noFilter });
    expect(isNarrowed(view, false)).toBe(false);
  });

  it('is narrowed by a filter, and not by whose it is or by a period that has no day yet', () => {
    const narrowing = [
      { person: 'mia' },
      { action: 'SIGN_IN' },
      { onlyRefused: true },
      { period: '24h' },
      { period: 'custom', to: '2026-11-24' },
    ] as const;
    for (const change of narrowing) expect(isNarrowed({ ...plain, ...change }, true)).toBe(true);
    for (const change of [
      {},
      { everybody: true },
      { period: 'custom' },
      { after: 'cursor', page: 2 },
    ] as const) {
      expect(isNarrowed({ ...plain, ...change }, true)).toBe(false);
    }
  });
});
