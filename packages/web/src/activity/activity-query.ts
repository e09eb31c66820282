import type { AuditAction, AuditEventFilter, AuditEventsQueryVariables } from '@twofold/contract/graphql';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import { actions } from '../copy/activity-copy.js';
import { ANY_TIME, isDay, periods, spanOf, type PeriodChoice } from './period.js';

export const PAGE_SIZE = 25;

/** What the address says about the list, so that a reload, a link and Back show the same lines. */
export interface ActivityView extends PeriodChoice {
  readonly everybody: boolean;
  /** The id of one person of everybody. */
  readonly person: string | null;
  readonly action: AuditAction | null;
  readonly onlyRefused: boolean;
  readonly after: string | null;
  /** From 1; only counts along, `after` decides. */
  readonly page: number;
}

/** What narrows the list, with nothing chosen. */
export const NO_FILTERS = { person: null, action: null, onlyRefused: false, ...ANY_TIME } as const;

/** The contract's longest id: the API would refuse a longer one, and with it the whole list. */
const LONGEST_ID = 64;

const inAddress = (action: AuditAction): string => action.toLowerCase().replaceAll('_', '-');
const actionAt = new Map(
  (Object.keys(actions) as AuditAction[]).map((action) => [inAddress(action), action]),
);

/** Reads the address; what it does not say or says wrongly falls back to the newest lines of one's own. */
export function viewOf(query: LocationQuery): ActivityView {
  const one = (key: string) => (typeof query[key] === 'string' ? query[key] : '');
  const page = Number(one('page'));
  const after = one('after');
  const person = one('person').length <= LONGEST_ID ? one('person') : '';
  return {
    everybody: one('who') === 'everybody' || person !== '',
    person: person || null,
    ...periodAt(one('period'), one('from'), one('to')),
    action: actionAt.get(one('action')) ?? null,
    onlyRefused: one('outcome') === 'refused',
    after: after || null,
    page: after && Number.isInteger(page) && page > 1 ? page : 1,
  };
}

function periodAt(name: string, from: string, to: string): PeriodChoice {
  const period = periods.find((known) => known === name) ?? null;
  if (period !== 'custom') return { ...ANY_TIME, period };
  return { period, from: isDay(from) ? from : null, to: isDay(to) ? to : null };
}

/** Writes it back; defaults are left out, so that the plain list has a plain address. */
export function queryOf(view: ActivityView): LocationQueryRaw {
  return {
    ...(view.everybody && { who: 'everybody' }),
    ...(view.person && { person: view.person }),
    ...(view.action && { action: inAddress(view.action) }),
    ...(view.onlyRefused && { outcome: 'refused' }),
    ...(view.period && { period: view.period }),
    ...(view.from && { from: view.from }),
    ...(view.to && { to: view.to }),
    ...(view.after && { after: view.after, page: view.page }),
  };
}

/** Whether the list is narrowed, in this viewer's eyes: a member has no person to choose. */
export function isNarrowed(view: ActivityView, maySeeEverybody: boolean): boolean {
  const { since, until } = spanOf(view, 0);
  const hasPerson = maySeeEverybody && view.person !== null;
  return hasPerson || view.action !== null || view.onlyRefused || since !== null || until !== null;
}

/**
 * Which lines to ask for at `now`, in milliseconds since 1970. A member sees the own ones, whatever the address says: the API
 * would refuse the others.
 */
export function filterOf(view: ActivityView, maySeeEverybody: boolean, now: number) {
  return {
    everybody: view.everybody && maySeeEverybody,
    userId: maySeeEverybody ? view.person : null,
    action: view.action,
    succeeded: view.onlyRefused ? false : null,
    ...spanOf(view, now),
  } satisfies AuditEventFilter;
}

/** The question to the API: a page of the lines that the filter leaves. */
export function variablesOf({ after }: ActivityView, filter: AuditEventFilter): AuditEventsQueryVariables {
  return { first: PAGE_SIZE, after, filter };
}
