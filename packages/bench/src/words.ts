export interface Words {
  /** A short run to try the bench with: it writes nothing. */
  readonly quick: boolean;
  /** `W1` to `W6`; null for all. */
  readonly only: readonly string[] | null;
  readonly rounds: number;
}

const names = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'];

/** @throws Error that says how to call it */
export function readWords(words: readonly string[]): Words {
  let quick = false;
  let only: string[] | null = null;
  let rounds: number | null = null;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === '--quick') quick = true;
    else if (word === '--only') only = (words[++index] ?? '').toUpperCase().split(',');
    else if (word === '--rounds') rounds = Number(words[++index]);
    else throw usage();
  }
  if (only?.some((name) => !names.includes(name))) throw usage();
  if (rounds !== null && !(Number.isSafeInteger(rounds) && rounds >= 1)) throw usage();
  return { quick, only, rounds: rounds ?? (quick ? 2 : 7) };
}

const usage = () => new Error(`Usage: pnpm bench [--quick] [--rounds N] [--only ${names.join(',')}]`);
