import { endable, endings } from './endings.js';
import { callers, matrix, NOT_THEIRS, userFields } from './matrix.js';

type Cells = Readonly<Record<string, string>>;

/** docs/security/access.md, of the matrix. */
export function accessPage(): string {
  const parts = [
    '# Who may do what',
    `This page is written from \`packages/api/test/matrix/matrix.ts\`, and a test holds it to that. Another test takes every operation of
the schema, and every argument that may be left out, and runs it over HTTP as each caller on both databases: an operation without
a line, or one that ends otherwise, fails the build.`,
    `Each caller knows all that there is to know of one person, here "they": email, password, the token of a sign-in that is pending, its
code, the recovery code, the id and the code of a set-up in progress, the code of a phone change. They are a MEMBER with text messages
switched on. What others lack is the session.`,
    `A cell is how the operation ends: a type of success, the code of a \`Problem\`, or \`UNAUTHENTICATED\` or \`FORBIDDEN\` in \`errors[]\`.
"${NOT_THEIRS.replace(', ', '')}" says that nothing in the answer was about them: it was the caller's own.`,
    '## Operations',
    table('Operation', callers, matrix),
    `The last steps of signing in ask for the challenge's token and the code, and for no session: whoever holds both is signing in. A
\`startTwoFactor\` or \`confirmPassword\` of another caller is about the caller's own account: no operation takes the id of an account to
change.`,
    '## What is seen of a user',
    `By \`user\` and by \`users\`; "shown" is a value.`,
    table('Field of User', callers, userFields),
    '## What a change ends',
    `Set-ups are those of a second factor that is not yet proved. "cannot be": without two-factor there is no sign-in that waits for a
code. The session in hand of \`verifyRecoveryCode\` is the one that it opens.`,
    table('Change', endable, endings),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Callers whose endings never differ share a column, and operations that always end alike a line. */
function table(corner: string, names: Cells, rows: Readonly<Record<string, Cells>>): string {
  const used = Object.keys(Object.values(rows)[0] ?? {});
  const columns = groups(used, (caller) => Object.values(rows).map((cells) => cells[caller]));
  const lines = groups(Object.keys(rows), (row) => Object.values(rows[row] ?? {}));
  const head = [corner, ...columns.map((column) => column.map((caller) => names[caller]).join('; '))];
  const body = lines.map((line) => [
    line.map(named).join(', '),
    ...columns.map(([caller = '']) => rows[line[0] ?? '']?.[caller] ?? ''),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((cells) => cells[i]?.length ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...body]
    .map((cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`)
    .join('\n');
}

/** A field of the schema in the type of code. */
const named = (row: string) => (/^\w+(\(.*\))?$/.test(row) ? `\`${row}\`` : row);

/** The names, those with equal contents together. */
function groups(names: readonly string[], contentsOf: (name: string) => unknown): string[][] {
  const byContents = new Map<string, string[]>();
  for (const name of names) {
    const contents = JSON.stringify(contentsOf(name));
    byContents.set(contents, [...(byContents.get(contents) ?? []), name]);
  }
  return [...byContents.values()];
}
