import type { AuditAction } from '@twofold/contract/graphql';
import { describe, expect, it } from 'vitest';
import { actions } from '../copy/activity-copy.js';
import { filterOf, queryOf, variablesOf, viewOf, type ActivityView } from './activity-query.js';

const plain: ActivityView = { everybody: false, action: null, onlyRefused: false, after: null, page: 1 };

/** As the router gives it back after a reload. */
const reloaded = (view: ActivityView) =>
  viewOf(Object.fromEntries(Object.entries(queryOf(view)).map(([key, value]) => [key, String(value)])));

describe('the activity in the address', () => {
  it("is the newest of one's own where the address says nothing", () => {
    expect(viewOf({})).toEqual(plain);
    expect(queryOf(plain)).toEqual({});
  });

  it('is the same after it was written and read', () => {
    const view = { everybody: true, action: 'SIGN_IN', onlyRefused: true, after: 'cursor', page: 3 } as const;
    expect(queryOf(view)).toEqual({
      who: 'everybody',
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

  it('falls back where the address is wrong', () => {
    expect(viewOf({ who: 'me', action: 'constructor', outcome: ['refused', 'done'], page: '-2' })).toEqual(
      plain,
    );
    expect(viewOf({ page: '4' }).page).toBe(1);
  });

  it('asks for 25, and narrows by what was chosen', () => {
    expect(variablesOf(plain, true)).toEqual({
      first: 25,
      after: null,
      filter: { everybody: false, action: null, succeeded: null },
    });
    const chosen = { ...plain, everybody: true, action: 'SIGN_IN', onlyRefused: true } as const;
    expect(filterOf(chosen, true)).toEqual({
      everybody: true,
      action: 'SIGN_IN',
      succeeded: false,
    });
  });

  it('asks for nobody else as a member, whom the API would refuse', () => {
    expect(filterOf({ ...plain, everybody: true }, false).everybody).toBe(false);
  });
});
