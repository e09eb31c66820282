import { attach } from './children.mjs';
import { buildBench } from './bench.mjs';
import { root } from './places.mjs';

/**
 * Half an hour of sign-ins and reads, then ten times as many: `pnpm soak --minutes 30`. A whole run writes
 * docs/soak-mariadb.md or, with `--database sqlite`, docs/soak-sqlite.md.
 *
 * @param {string[]} words
 * @returns {Promise<number>} the exit code: 0 where every answer was right and each mark was met
 */
export async function soak(words) {
  await buildBench();
  return attach(process.execPath, ['--import', 'tsx', 'scripts/soak/run.mjs', ...words], { cwd: root });
}
