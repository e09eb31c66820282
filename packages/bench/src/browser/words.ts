export interface Words {
  /** How often each screen is opened. */
  readonly runs: number;
  /** A short run to try it with: it writes nothing. */
  readonly quick: boolean;
}

const FEWEST = 5;

/** @throws Error that says how to call it */
export function readWords(words: readonly string[]): Words {
  let quick = false;
  let runs = FEWEST;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === '--quick') quick = true;
    else if (word === '--runs') runs = Number(words[++index]);
    else if (word !== '--browser') throw usage();
  }
  if (!(Number.isSafeInteger(runs) && runs >= FEWEST)) throw usage();
  return { quick, runs: quick ? 1 : runs };
}

const usage = () =>
  new Error(`Usage: pnpm bench --browser [--quick] [--runs N], with N of at least ${String(FEWEST)}`);
