/**
 * One guard of the product, and the change that takes it away.
 *
 * @typedef {object} Edit
 * @property {string} file of the repository
 * @property {string} find source text that stands in the file exactly once
 * @property {string} replace
 *
 * @typedef {object} Mutant
 * @property {string} guard one sentence: what holds as long as the guard is there
 * @property {string} file
 * @property {string} find
 * @property {string} replace
 * @property {readonly Edit[]} [also] where a second guard would cover for the first, or one guard takes several lines
 * @property {readonly string[]} tests of Vitest that should notice, the likeliest first
 *
 * @typedef {{ room: string, mutants: readonly Mutant[] }} Room
 */

/** @param {Mutant} mutant @returns {Edit[]} */
export function editsOf({ file, find, replace, also = [] }) {
  return [{ file, find, replace }, ...also];
}

/**
 * The patched text of each file that the mutant touches.
 *
 * @param {Mutant} mutant
 * @param {(file: string) => string} read
 * @returns {Map<string, string>}
 * @throws {Error} where a text to be replaced does not stand in its file exactly once
 */
export function patched(mutant, read) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const { file, find, replace } of editsOf(mutant)) {
    const [before, after, ...more] = (texts.get(file) ?? read(file)).split(find);
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(
        `“${mutant.guard}”: the text to be replaced stands ${after === undefined ? 'nowhere' : 'more than once'} in ${file}:\n${find}`,
      );
    texts.set(file, before + replace + after);
  }
  return texts;
}
