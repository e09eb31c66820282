import type { UserFilter } from '@twofold/core/users/user-store';
import { sortKey } from '@twofold/core/users/user';
import type { Reads, Value } from '../engine/sql.js';
import { rangeOf } from './user-parts.js';

/** As many matches can be sorted for each page. Where there are more, a page is soon full without looking them up. */
const FEW = 1_000;

export interface Condition {
  readonly text: string;
  readonly values: readonly Value[];
}

/** How the users of a filter are found. */
export interface Search {
  /** Stands between FROM and the joins, and ends in `users u`. */
  readonly source: Condition;
  readonly where: Condition;
  /** Whether the source names few users, so that no order has an index. */
  readonly few: boolean;
}

/**
 * Everybody, where the filter has no search. Otherwise those whose parts begin with it, where these are few; and where they are
 * many, everybody again, to be looked through in the order of the page: that reads the more the fewer they are, so neither way
 * would do alone. What is found is the same on both ways.
 */
export async function searchFor(sql: Reads, filter: UserFilter): Promise<Search> {
  const {
    organization: { id: organizationId },
    twoFactorEnabled,
  } = filter;
  const search = sortKey(filter.search ?? '');
  const texts = ['u.organization_id = ?'];
  const values: Value[] = [organizationId];
  if (search !== '') {
    // Not LIKE: its wildcards would have to be escaped, and the two databases differ in how. INSTR takes all as it is.
    texts.push('(INSTR(u.name_key, ?) > 0 OR INSTR(u.email_key, ?) > 0)');
    values.push(search, search);
  }
  if (twoFactorEnabled !== null) texts.push(`t.user_id IS ${twoFactorEnabled ? 'NOT NULL' : 'NULL'}`);
  const where = { text: texts.join(' AND '), values };
  const range = [organizationId, ...rangeOf(search)];
  if (search === '' || !(await areFew(sql, range)))
    return { source: { text: 'users u', values: [] }, where, few: false };
  // In this order: from the users' side every one of the organisation would be looked up among the matches.
  const join = sql.dialect === 'sqlite' ? 'CROSS JOIN' : 'STRAIGHT_JOIN';
  const text = `(SELECT DISTINCT user_id ${IN_RANGE}) p ${join} users u ON u.id = p.user_id`;
  return { source: { text, values: range }, where, few: true };
}

const IN_RANGE = 'FROM user_parts WHERE organization_id = ? AND part BETWEEN ? AND ?';

async function areFew(sql: Reads, range: readonly Value[]): Promise<boolean> {
  const row = await sql.first<{ total: number }>(
    `SELECT COUNT(*) AS total FROM (SELECT user_id ${IN_RANGE} LIMIT ${FEW + 1}) p`,
    range,
  );
  return (row?.total ?? 0) <= FEW;
}
