import { readFileSync } from 'node:fs';

/** The process's environment: `process.env`, or a plain object in a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Variables<Name extends string> {
  /** The variables that are set. A blank one counts as not set: compose files pass `NAME: ${NAME:-}`. */
  readonly values: Partial<Record<Name, string>>;
  readonly faults: readonly string[];
}

/** Nobody but this program is likely to own a name that starts like this. */
const ownPrefixes = ['SMS_', 'MESSAGEBIRD_', 'BIRD_', 'ENCRYPTION_', 'SMTP_', 'MAIL_'];

/**
 * Reads each name from the environment or, by NAME_FILE, from a file: container secrets arrive as files, and a value in
 * the environment shows in `docker inspect` and in the process's /proc entry.
 *
 * A fault names the variable and never its value, since any of them may hold a secret.
 */
export function readVariables<Name extends string>(
  environment: Environment,
  names: readonly Name[],
): Variables<Name> {
  const values: Partial<Record<Name, string>> = {};
  const faults: string[] = [];
  for (const name of names) {
    const direct = environment[name]?.trim() ?? '';
    const path = environment[`${name}_FILE`]?.trim() ?? '';
    if (direct !== '' && path !== '') faults.push(`${name} and ${name}_FILE are both set: keep one.`);
    else if (direct !== '') values[name] = direct;
    else if (path !== '') {
      try {
        const text = readFileSync(path, 'utf8').trim();
        if (text === '') faults.push(`${name}_FILE names an empty file.`);
        else values[name] = text;
      } catch {
        faults.push(`${name}_FILE names a file that cannot be read.`);
      }
    }
  }
  return { values, faults: [...faults, ...misspelt(environment, names)] };
}

/** A misspelt name would otherwise be ignored in silence, and the default would rule: in production that can be the wrong
 *  database. Names that are merely foreign pass. */
function misspelt(environment: Environment, names: readonly string[]): string[] {
  const known = new Set(names.flatMap((name) => [name, `${name}_FILE`]));
  const faults: string[] = [];
  for (const name of Object.keys(environment)) {
    if (known.has(name)) continue;
    const closest = closestName(name, known);
    if (closest !== null) faults.push(`${name} is not a variable of Twofold. Is ${closest} meant?`);
    else if (ownPrefixes.some((prefix) => name.startsWith(prefix)))
      faults.push(`${name} is not a variable of Twofold.`);
  }
  return faults;
}

function closestName(name: string, known: ReadonlySet<string>): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const candidate of known) {
    // One slip in a name of six letters, two in a long one. PORT and HOST have too many honest neighbours.
    const allowed = candidate.length >= 9 ? 2 : candidate.length >= 6 ? 1 : -1;
    if (Math.abs(candidate.length - name.length) > allowed) continue;
    const distance = editDistance(name.toUpperCase(), candidate);
    if (distance <= allowed && distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance: insertions, deletions and substitutions. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
