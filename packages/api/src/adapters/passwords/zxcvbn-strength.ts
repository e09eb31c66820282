import type { PasswordStrength } from '@twofold/core/ports';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

const LOWEST_SCORE = 3;
/** Its work grows with the square of the length and with each way to undo l33t: unbounded, 256 characters take seconds. */
const WINDOW = 32;
const L33T_READINGS = 2;

const SHORTEST_PASSWORD = 12;
/** Beside words that guessers try first here or for this user. */
const FEWEST_OWN_CHARACTERS = 6;
/** Everybody who reads this repository knows it. */
const DEMO_PASSWORD = 'correct-horse-battery-staple';
/** Words of this product, which guessers try first here. */
const productWords = ['twofold', 'two-factor', 'authentication', 'dashboard', 'signage'];

/**
 * zxcvbn with English and common dictionaries, and a blocklist of common passwords; a few milliseconds a password. The first one
 * loads them, 150 ms and 70 MiB: few processes ever change a password, and all would start slower.
 */
export function createZxcvbnStrength(): PasswordStrength {
  let loading: Promise<Loaded> | null = null;
  return {
    async isStrong(password, knownAboutUser) {
      const { zxcvbn, blocked } = await (loading ??= load());
      const text = password.normalize('NFKC');
      const words = [...productWords, ...knownAboutUser].flatMap(wordsOf);
      if (blocked.has(bare(text)) || isMadeOf(words, text)) return false;
      // A password is at least as hard to guess as a part of it.
      return partsOf(text).some((part) => zxcvbn.check(part, words).score >= LOWEST_SCORE);
    },
  };
}

interface Loaded {
  readonly zxcvbn: ZxcvbnFactory;
  readonly blocked: ReadonlySet<string>;
}

async function load(): Promise<Loaded> {
  const [{ ZxcvbnFactory: Factory }, { adjacencyGraphs, dictionary: common }, { dictionary: english }] =
    await Promise.all([
      import('@zxcvbn-ts/core'),
      import('@zxcvbn-ts/language-common'),
      import('@zxcvbn-ts/language-en'),
    ]);
  const zxcvbn = new Factory({
    dictionary: { ...common, ...english },
    graphs: { qwerty: adjacencyGraphs.qwerty, keypad: adjacencyGraphs.keypad },
    l33tMaxSubstitutions: L33T_READINGS,
    maxLength: WINDOW,
  });
  const common12 = [...common['passwords-common'], DEMO_PASSWORD].filter(
    (word) => word.length >= SHORTEST_PASSWORD,
  );
  return { zxcvbn, blocked: new Set(common12.map(bare)) };
}

/** Case, spaces and punctuation do not make a blocked password another one. */
function bare(password: string): string {
  const letters = password.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return letters === '' ? password : letters;
}

/** Name, email and organisation as a whole, and each word of them. */
function wordsOf(text: string): string[] {
  const whole = text.normalize('NFKC').toLowerCase();
  return [whole, ...whole.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= 3);
}

/** Three of the user's own words in a row already have a score of 3: zxcvbn takes them for any words of a list. */
function isMadeOf(words: readonly string[], password: string): boolean {
  const longestFirst = words.map(bare).sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((text, word) => text.replaceAll(word, ''), bare(password));
  return rest.length < FEWEST_OWN_CHARACTERS && rest !== bare(password);
}

function partsOf(password: string): string[] {
  return password.length <= WINDOW ? [password] : [password.slice(0, WINDOW), password.slice(-WINDOW)];
}
