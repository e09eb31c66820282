type Run = (text: string, values?: readonly unknown[]) => Promise<unknown>;

/** How many rows there are for each user, as after some months. */
export const SESSIONS_EACH = 10;
export const LINES_EACH = 50;
/** Of ten users nine belong to the large organisation, and one to a small one. */
const SMALL = 200;

export interface Filling {
  readonly organizationId: string;
  readonly passwordHash: string;
  readonly now: number;
}

/** In one statement so many rows, so that none takes longer than a statement may. */
const AT_ONCE = 20_000;

/** A UUID whose beginning goes with the number, as those of version 7 go with time. */
const uuid = (kind: string, n: string) => {
  const hash = `MD5(CONCAT('${kind}', ${n}))`;
  const time = `LPAD(LOWER(HEX(1700000000000 + ${n})), 12, '0')`;
  return `CONCAT(LEFT(${time}, 8), '-', SUBSTR(${time}, 9), '-7', LEFT(${hash}, 3), '-8', SUBSTR(${hash}, 4, 3), '-', SUBSTR(${hash}, 7, 12))`;
};

const FIRST_NAMES =
  'Anna,Bruno,Chiara,Dmitri,Esra,Felix,Grace,Hyun,Ines,Joao,Karim,Lena,Mehmet,Nora,Omar,Petra';
const LAST_NAMES =
  'Adler,Brandt,Costa,Dubois,Eriksen,Fischer,Gomez,Hansen,Ivanov,Jansen,Kaya,Larsen,Meyer,Novak,Olsen';
const pick = (names: string, n: string) =>
  `ELT(1 + MOD(${n}, ${String(names.split(',').length)}), ${names
    .split(',')
    .map((name) => `'${name}'`)
    .join(', ')})`;

/**
 * Adds users number `from` to `to` - 1 (from 0), each with sessions and lines of the audit log, on MariaDB, whose sequence engine
 * makes them. Seven of the first thousand are called Quixote. Whoever was there before gets nothing more, so that what belongs to
 * one user stays as much as it was.
 */
export async function grow(run: Run, from: number, to: number, filling: Filling): Promise<void> {
  if (from === 0) {
    await addSmallOrganizations(run);
    // What is sealed meanwhile comes behind all that will be filled in.
    await run('UPDATE audit_chain SET position = 1000000000 WHERE id = 1');
  }
  await inPieces(from, to, (some) => addUsers(run, some, filling));
  await inPieces(from, to, (some) => addParts(run, some), AT_ONCE / 10);
  await inPieces(from * SESSIONS_EACH, to * SESSIONS_EACH, (some) => addSessions(run, some, filling));
  await inPieces(from * LINES_EACH, to * LINES_EACH, (some) => addLines(run, some, { from, to }, filling));
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** A piece as a table: its column is `seq`. */
const sequence = ({ from, to }: Piece) => `seq_${String(from)}_to_${String(to - 1)}`;

async function inPieces(from: number, to: number, add: (piece: Piece) => Promise<unknown>, size = AT_ONCE) {
  for (let at = from; at < to; at += size) await add({ from: at, to: Math.min(at + size, to) });
}

const addSmallOrganizations = (run: Run) =>
  run(
    `INSERT INTO organizations (id, name, two_factor_required, created_at)
     SELECT ${uuid('organization', 'seq')}, CONCAT('Small ', seq), 0, 0 FROM seq_0_to_${String(SMALL - 1)}`,
  );

const organizationOf = (n: string, large: string) =>
  `IF(MOD(${n}, 10) = 9, ${uuid('organization', `MOD(${n} DIV 10, ${String(SMALL)})`)}, ${large})`;

/** Two of three, in no order: by the number itself, all of one name would be alike. */
const HAS_TWO_FACTOR = 'MOD(CRC32(seq), 3) <> 0';

async function addUsers(
  run: Run,
  some: Piece,
  { organizationId, passwordHash, now }: Filling,
): Promise<void> {
  const last = `IF(MOD(seq, 120) = 3 AND seq < 840, 'Quixote', ${pick(LAST_NAMES, 'seq DIV 16')})`;
  await run(
    `INSERT INTO users (id, organization_id, email, email_key, name, name_key, role, password_hash, created_at, last_sign_in_at)
     SELECT ${uuid('user', 'seq')}, ${organizationOf('seq', '?')},
       LOWER(CONCAT(first, '.', last, seq, '@growth.example')), LOWER(CONCAT(first, '.', last, seq, '@growth.example')),
       CONCAT(first, ' ', last), LOWER(CONCAT(first, ' ', last)),
       IF(MOD(seq, 100) = 0, 'ADMIN', 'MEMBER'), ?, 0, IF(MOD(seq, 4) = 0, NULL, ? - MOD(seq * 7919, 7776000) * 1000)
     FROM (SELECT seq, ${pick(FIRST_NAMES, 'seq')} AS first, ${last} AS last FROM ${sequence(some)}) made`,
    [organizationId, passwordHash, now],
  );
  const method = "IF(MOD(seq, 2) = 1, 'TOTP', 'SMS')";
  await run(
    `INSERT INTO two_factors (user_id, method, enabled_at, recovery_code_hash, recovery_code_created_at)
     SELECT ${uuid('user', 'seq')}, ${method}, 0, MD5(seq), 0 FROM ${sequence(some)} WHERE ${HAS_TWO_FACTOR}`,
  );
  await run(
    `INSERT INTO factors (id, user_id, kind, slot, sealed, created_at)
     SELECT ${uuid('factor', 'seq')}, ${uuid('user', 'seq')}, ${method}, 'PRIMARY', REPEAT('x', 90), 0
     FROM ${sequence(some)} WHERE ${HAS_TWO_FACTOR}`,
  );
}

/** As `partsOf` would make them, which is looked at afterwards. */
const addParts = (run: Run, some: Piece) =>
  run(
    `INSERT INTO user_parts (user_id, part, organization_id)
     SELECT DISTINCT id, SUBSTR(text, places.seq, 16), organization_id
     FROM (
       SELECT u.id, u.organization_id, IF(of_email, u.email_key, u.name_key) AS text
       FROM ${sequence(some)} numbers
       JOIN users u ON u.id = ${uuid('user', 'numbers.seq')}
       JOIN (SELECT 0 AS of_email UNION ALL SELECT 1) which
     ) texts
     JOIN seq_1_to_80 places ON places.seq <= CHAR_LENGTH(text)
     WHERE SUBSTR(text, places.seq, 1) <> ' '`,
  );

const addSessions = (run: Run, some: Piece, { now }: Filling) =>
  run(
    `INSERT INTO sessions (id, user_id, token_hash, signed_in_at, last_seen_at, idle_expires_at, absolute_expires_at, keep_signed_in)
     SELECT ${uuid('session', 'seq')}, ${uuid('user', `seq DIV ${String(SESSIONS_EACH)}`)}, SHA2(seq, 256), ?, ?,
       ? + 864000000 + seq, ? + 1728000000 + seq, 1
     FROM ${sequence(some)}`,
    [now, now, now, now],
  );

const ACTION = `CASE WHEN kind < 450 THEN 'SIGN_IN' WHEN kind < 800 THEN 'VERIFY_TWO_FACTOR_CODE' WHEN kind < 900 THEN 'SEND_SIGN_IN_CODE'
  WHEN kind < 980 THEN 'SIGN_OUT' WHEN kind < 996 THEN 'CONFIRM_PASSWORD' WHEN kind < 999 THEN 'CHANGE_PASSWORD' ELSE 'DISABLE_TWO_FACTOR' END`;

/** In the order of their time, all sealed; the users of this growth in turns. One in twenty attempts fails. */
const addLines = (run: Run, some: Piece, { from, to }: Piece, { organizationId, now }: Filling) =>
  run(
    `INSERT INTO audit_events (id, at, action, outcome, organization_id, user_id, method, session_id, address, device, request_id, position, seal)
     SELECT ${uuid('line', 'seq')}, ? - 6000000000 + seq * 1000, ${ACTION}, IF(MOD(kind, 20) = 7, 'INVALID_CODE', 'DONE'),
       ${organizationOf('person', '?')}, ${uuid('user', 'person')}, IF(kind < 900, 'TOTP', NULL), ${uuid('session', 'person')},
       CONCAT('203.0.113.', MOD(seq, 250)), 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
       ${uuid('request', 'seq')}, seq + 1, CONCAT('key1.', SHA2(seq, 256))
     FROM (
       SELECT seq, ? + MOD(seq, ?) AS person, MOD(CRC32(seq), 1000) AS kind FROM ${sequence(some)}
     ) made`,
    [now, organizationId, from, to - from],
  );
