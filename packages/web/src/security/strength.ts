export type Score = 0 | 1 | 2 | 3 | 4;

type Estimate = (password: string, known: readonly string[]) => Score;

let loading: Promise<Estimate> | null = null;

/** The dictionaries weigh half a megabyte, so they come only when somebody types a new password. */
async function load(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const estimator = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
  return (password, known) => estimator.check(password, [...known]).score;
}

/** Estimates above this length cost time and say nothing new. */
const ENOUGH = 100;

/**
 * How hard a password is to guess, from 0 to 4; the API takes 3 and up. `known` are words that a guesser would try first.
 * Null where the dictionaries could not be loaded: it is a hint, and the API decides.
 */
export async function strengthOf(password: string, known: readonly string[]): Promise<Score | null> {
  try {
    loading ??= load();
    return (await loading)(password.slice(0, ENOUGH), known);
  } catch {
    loading = null;
    return null;
  }
}
