import type { AuditAction, AuditEventFilter, AuditEventsQueryVariables } from '@twofold/contract/graphql';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import { actions } from '../copy/activity-copy.js';

export const PAGE_SIZE = 25;

/** What the address says about the list, so that a reload, a link and Back show the same lines. */
export interface ActivityView {
  readonly everybody: boolean;
  readonly action: AuditAction | null;
  readonly onlyRefused: boolean;
  readonly after: string | null;
  /** From 1; only counts along, `after` decides. */
  readonly page: number;
}

const inAddress = (action: AuditAction): string => action.toLowerCase().replaceAll('_', '-');
const actionAt = new Map(
  (Object.keys(actions) as AuditAction[]).map((action) => [inAddress(action), action]),
);

/** Reads the address; what it does not say or says wrongly falls back to the newest lines of one's own. */
export function viewOf(query: LocationQuery): ActivityView {
  const one = (key: string) => (typeof query[key] === 'string' ? query[key] : '');
  const page = Number(one('page'));
  const after = one('after');
  return {
    everybody: one('who') === 'everybody',
    action: actionAt.get(one('action')) ?? null,
    onlyRefused: one('outcome') === 'refused',
    after: after || null,
    page: after && Number.isInteger(page) && page > 1 ? page : 1,
  };
}

/** Writes it back; defaults are left out, so that the plain list has a plain address. */
export function queryOf(view: ActivityView): LocationQueryRaw {
  return {
    ...(view.everybody && { who: 'everybody' }),
    ...(view.action && { action: inAddress(view.action) }),
    ...(view.onlyRefused && { outcome: 'refused' }),
    ...(view.after && { after: view.after, page: view.page }),
  };
}

/** Which lines to ask for. A member sees the own ones, whatever the address says: the API would refuse the others. */
export function filterOf(view: ActivityView, maySeeEverybody: boolean) {
  return {
    everybody: view.everybody && maySeeEverybody,
    action: view.action,
    succeeded: view.onlyRefused ? false : null,
  } satisfies AuditEventFilter;
}

/** The question to the API. */
export function variablesOf(view: ActivityView, maySeeEverybody: boolean): AuditEventsQueryVariables {
  return { first: PAGE_SIZE, after: view.after, filter: filterOf(view, maySeeEverybody) };
}
