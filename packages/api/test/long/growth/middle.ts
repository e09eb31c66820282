import type { UserCursor, UserOrderField } from '@twofold/core/users/user-store';

/** Rows of a SELECT, however long it takes. */
export type All = <T extends object>(text: string, values?: readonly unknown[]) => Promise<T[]>;

/** Cursors into the middle of an organisation, as who has paged so far would have them. */
export interface Middle extends Record<UserOrderField, UserCursor> {
  /** A line of the audit log. */
  readonly line: { readonly at: number; readonly id: string };
  /** Who has fifty lines of it. */
  readonly userId: string;
}

const columns = {
  NAME: 'name_key',
  EMAIL: 'email',
  ROLE: 'role',
  LAST_SIGN_IN_AT: 'last_sign_in_at',
} as const satisfies Record<UserOrderField, string>;

export async function middleOf(all: All, organizationId: string): Promise<Middle> {
  const cursor = async (field: UserOrderField): Promise<UserCursor> => {
    const column = columns[field];
    const of = `FROM users WHERE organization_id = ? AND ${column} IS NOT NULL`;
    const [row] = await all<UserCursor>(
      `SELECT ${column} AS value, id ${of} ORDER BY ${column}, id LIMIT 1
       OFFSET ${String(await half(all, of, organizationId))}`,
      [organizationId],
    );
    return row!;
  };
  const of = 'FROM audit_events WHERE organization_id = ?';
  const [line] = await all<Middle['line']>(
    `SELECT at, id ${of} ORDER BY at, id LIMIT 1 OFFSET ${String(await half(all, of, organizationId))}`,
    [organizationId],
  );
  const [user] = await all<{ id: string }>(
    "SELECT id FROM users WHERE name = 'Bruno Adler' ORDER BY id LIMIT 1",
  );
  return {
    NAME: await cursor('NAME'),
    EMAIL: await cursor('EMAIL'),
    ROLE: await cursor('ROLE'),
    LAST_SIGN_IN_AT: await cursor('LAST_SIGN_IN_AT'),
    line: line!,
    userId: user!.id,
  };
}

async function half(all: All, of: string, organizationId: string): Promise<number> {
  const [row] = await all<{ total: number }>(`SELECT COUNT(*) AS total ${of}`, [organizationId]);
  return Math.floor((row?.total ?? 0) / 2);
}
