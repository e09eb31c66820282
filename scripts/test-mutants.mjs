import { attach } from './children.mjs';
import { root } from './places.mjs';

/**
 * Takes the guards of the product away one by one, in a copy, and expects a test to turn red. tsx, since it starts the
 * MariaDB of the API's tests.
 *
 * @param {string[]} words of the names of rooms; none: all of them. Their tables in docs/security/guards.md are written anew
 * @returns {Promise<number>} the exit code
 */
export function testMutants(words) {
  return attach(process.execPath, ['--import', 'tsx', 'scripts/mutants/run.mjs', ...words], { cwd: root });
}
