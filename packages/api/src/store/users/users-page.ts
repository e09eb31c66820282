import type { UserFilter, UserOrderField, UserPage, UserPageQuery } from '@twofold/core/users/user-store';
import type { Reads } from '../engine/sql.js';
import type { UserOfKnownOrganization } from './user-row.js';
import { ownColumns, twoFactorJoin, toUserOf } from './user-row.js';
import type { Condition, Search } from './users-search.js';
import { searchFor } from './users-search.js';

/** The columns of `orderValue`, and the index of each direction: the organisation before it, the id behind. */
const orders = {
  NAME: { column: 'u.name_key', ASC: 'ix_users_name', DESC: 'ix_users_name_desc' },
  // No two users have one email, so one index serves both directions.
  EMAIL: { column: 'u.email', ASC: 'ix_users_email', DESC: 'ix_users_email' },
  ROLE: { column: 'u.role', ASC: 'ix_users_role', DESC: 'ix_users_role_desc' },
  LAST_SIGN_IN_AT: {
    column: 'u.last_sign_in_at',
    ASC: 'ix_users_last_sign_in',
    DESC: 'ix_users_last_sign_in_desc',
  },
} as const satisfies Record<UserOrderField, { column: string; ASC: string; DESC: string }>;

export async function readPage(sql: Reads, query: UserPageQuery): Promise<UserPage> {
  const wanted = query.first + 1;
  const search = await searchFor(sql, query);
  const rows: UserOfKnownOrganization[] = [];
  for (const range of rangesOf(query)) {
    if (rows.length === wanted) break;
    rows.push(...(await readPart(sql, query, search, range, wanted - rows.length)));
  }
  return {
    users: rows.slice(0, query.first).map((row) => toUserOf(query.organization, row)),
    hasNextPage: rows.length > query.first,
  };
}

export async function countUsers(sql: Reads, filter: UserFilter): Promise<number> {
  const { source, where } = await searchFor(sql, filter);
  const join = filter.twoFactorEnabled === null ? '' : 'LEFT JOIN two_factors t ON t.user_id = u.id';
  const row = await sql.first<{ total: number }>(
    `SELECT COUNT(*) AS total FROM ${source.text} ${join} WHERE ${where.text}`,
    [...source.values, ...where.values],
  );
  return row?.total ?? 0;
}

interface Range extends Condition {
  readonly order: string;
}

/**
 * What a page consists of, one after the other, each a range of the index. Behind a cursor first those with the same value and a
 * higher id: as one condition with what is beyond the value, both databases read all that share it (of a role, nearly everybody)
 * up to the cursor. Nulls come last in both directions: ordering by `x IS NULL` first would make the database sort all users.
 */
function rangesOf({ orderBy: { field, direction }, after }: UserPageQuery): Range[] {
  const { column } = orders[field];
  const ascending = direction === 'ASC';
  const order = `${column} ${ascending ? 'ASC' : 'DESC'}${field === 'EMAIL' ? '' : ', u.id ASC'}`;
  const nullable = field === 'LAST_SIGN_IN_AT';
  const nulls = { text: `${column} IS NULL`, values: [], order: 'u.id ASC' };
  if (after === null) {
    const all = { text: nullable ? `${column} IS NOT NULL` : '', values: [], order };
    return nullable ? [all, nulls] : [all];
  }
  const behind = (text: string) => ({
    text: `${text} AND u.id > ?`,
    values: after.value === null ? [after.id] : [after.value, after.id],
    order: 'u.id ASC',
  });
  if (after.value === null) return [behind(nulls.text)];
  const beyond = { text: `${column} ${ascending ? '>' : '<'} ?`, values: [after.value], order };
  if (field === 'EMAIL') return [beyond];
  return [behind(`${column} = ?`), beyond, ...(nullable ? [nulls] : [])];
}

async function readPart(
  sql: Reads,
  { orderBy }: UserPageQuery,
  { source, where, few }: Search,
  range: Range,
  limit: number,
): Promise<UserOfKnownOrganization[]> {
  const text = range.text === '' ? where.text : `${where.text} AND ${range.text}`;
  // Left alone, MariaDB reads the organisation from its first user on up to the cursor: 1.2 ms where 0.4 are enough.
  const index = orders[orderBy.field][orderBy.direction === 'ASC' ? 'ASC' : 'DESC'];
  const hint = sql.dialect === 'sqlite' || few ? '' : `FORCE INDEX (${index})`;
  return sql.all<UserOfKnownOrganization>(
    `SELECT ${ownColumns} FROM ${source.text} ${hint} ${twoFactorJoin} WHERE ${text} ORDER BY ${range.order} LIMIT ?`,
    [...source.values, ...where.values, ...range.values, limit],
  );
}
