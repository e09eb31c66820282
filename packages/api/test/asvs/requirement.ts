export type Level = 1 | 2 | 3;

/** A file, and the title of a test or of a group of tests in it. */
export type Proof = readonly [file: string, title: string];

/** A requirement of OWASP ASVS 5.0.0, in our words, and what became of it. */
export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly asks: string;
  readonly state: 'met' | 'not applicable' | 'open';
  /** How it is met, why there is nothing to meet, or what is missing. */
  readonly how: string;
  readonly files: readonly string[];
  readonly tests: readonly Proof[];
}

const packages = /^(api|core|factors|web|contract|e2e)\//;
const inRepository = (path: string) => (packages.test(path) ? `packages/${path}` : path);

function row(
  state: Requirement['state'],
  [id, level, asks, how]: readonly [id: string, level: Level, asks: string, how: string],
  files: readonly string[],
  tests: readonly Proof[],
): Requirement {
  const proofs = tests.map(([file, title]) => [inRepository(file), title] as const);
  return { id, level, asks, state, how, files: files.map(inRepository), tests: proofs };
}

/** Files without a test are those where no test can show it: a document, or what is not there to be run. */
export const met = (
  id: string,
  level: Level,
  asks: string,
  how: string,
  files: readonly string[],
  tests: readonly Proof[] = [],
) => row('met', [id, level, asks, how], files, tests);

export const notApplicable = (id: string, level: Level, asks: string, why: string) =>
  row('not applicable', [id, level, asks, why], [], []);

/** `files` and `tests` are of what there is so far. */
export const open = (
  id: string,
  level: Level,
  asks: string,
  missing: string,
  files: readonly string[] = [],
  tests: readonly Proof[] = [],
) => row('open', [id, level, asks, missing], files, tests);
