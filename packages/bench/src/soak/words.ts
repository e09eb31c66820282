export interface SoakWords {
  readonly minutes: number;
  readonly database: 'mariadb' | 'sqlite';
}

/** Shorter runs are for trying it out: they write nothing. */
export const WHOLE = 30;

/** @throws Error that says how to call it */
export function readSoakWords(words: readonly string[]): SoakWords {
  let minutes = WHOLE;
  let database: string | undefined = 'mariadb';
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === '--minutes') minutes = Number(words[++index]);
    else if (word === '--database') database = words[++index];
    else throw usage();
  }
  if (!(minutes >= 1) || (database !== 'mariadb' && database !== 'sqlite')) throw usage();
  return { minutes, database };
}

const usage = () => new Error(`Usage: pnpm soak [--minutes ${String(WHOLE)}] [--database mariadb|sqlite]`);
