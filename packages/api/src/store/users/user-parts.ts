import type { Sql } from '../engine/sql.js';
import { placeholders } from '../engine/sql.js';

/** As wide as the column of migration 0006, which fills the table by this file: a change of it is a new table. What is longer
 *  is told apart by name and email themselves. */
const CHARACTERS = 16;
/** SQLite takes 32,766 values a statement. */
const ROWS = 1_000;
/** Above every character that is one, so that a prefix and what follows it are one range. */
const LAST_CODE_POINT = '\u{10FFFF}';

export interface KeysOfSearch {
  readonly id: string;
  readonly organization_id: string;
  readonly name_key: string;
  readonly email_key: string;
}

/** Every place at which a search may find this name and email: what begins there, cut off after 16 characters. */
export function partsOf({ name_key, email_key }: KeysOfSearch): string[] {
  const parts = [name_key, email_key].flatMap((key) => {
    const characters = [...key];
    return characters.map((_, at) => characters.slice(at, at + CHARACTERS).join(''));
  });
  // A search is trimmed, so it begins with no space.
  return [...new Set(parts.filter((part) => part.trimStart() === part))];
}

/** First and last of the parts that begin as this search does, which is in the form of `sortKey`. */
export function rangeOf(search: string): [string, string] {
  // Two units a character at the most: a long search is not taken apart.
  const beginning = [...search.slice(0, 2 * CHARACTERS)].slice(0, CHARACTERS).join('');
  return [beginning, beginning + LAST_CODE_POINT];
}

/** Writes the parts of users that have none. `ignoring` leaves alone those that are there. */
export async function insertParts(
  run: Sql['run'],
  users: readonly KeysOfSearch[],
  ignoring: '' | 'IGNORE' | 'OR IGNORE' = '',
): Promise<void> {
  const rows = users.flatMap((user) => partsOf(user).map((part) => [user.id, part, user.organization_id]));
  for (let from = 0; from < rows.length; from += ROWS) {
    const some = rows.slice(from, from + ROWS);
    await run(
      `INSERT ${ignoring} INTO user_parts (user_id, part, organization_id) VALUES ${some.map(() => `(${placeholders(3)})`).join(', ')}`,
      some.flat(),
    );
  }
}
