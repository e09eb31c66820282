import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { cache, root } from '../places.mjs';
import { editsOf } from './patch.mjs';

/**
 * @typedef {import('./patch.mjs').Mutant} Mutant
 * @typedef {{ test: string, title: string }} Killer the first test that turned red
 */

export const page = join(root, 'docs/security/guards.md');
const [begin, end] = ['<!-- mutants -->', '<!-- /mutants -->'];

const empty = `# Guards

What holds, where it is written, and how we know that it is tested. The tables are written by programs: change what they are made from.

## OWASP ASVS

<!-- asvs -->
<!-- /asvs -->

## Each guard taken away

${begin}
${end}
`;

/**
 * Writes the table between its markers, and leaves the rest of the page as it is.
 *
 * @param {readonly import('./patch.mjs').Room[]} rooms
 * @param {ReadonlyMap<Mutant, Killer>} killers
 */
export async function writeGuards(rooms, killers) {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : empty;
  const [head, rest] = before.split(begin);
  const tail = rest?.split(end)[1];
  if (head === undefined || tail === undefined)
    throw new Error(`${page} has lost its markers: ${begin} … ${end}`);
  const text = `${head}${begin}\n\n${guardsOf(rooms, killers)}\n\n${end}${tail}`;
  const options = (await resolveConfig(page)) ?? {};
  writeFileSync(page, await format(text, { ...options, filepath: page }));
}

/** @param {readonly import('./patch.mjs').Room[]} rooms @param {ReadonlyMap<Mutant, Killer>} killers */
function guardsOf(rooms, killers) {
  const intro =
    '`pnpm mutants` takes one guard away at a time, in a copy, and runs the tests. Beside each stands the first one that turned red.';
  const tables = rooms.map(({ room, mutants }) => {
    const rows = mutants.map((mutant) => rowOf(mutant, killers.get(mutant)));
    return [`### ${room}`, ['| Guard | Where | Red without it |', '|---|---|---|', ...rows].join('\n')].join(
      '\n\n',
    );
  });
  return [intro, ...tables].join('\n\n');
}

/** @param {Mutant} mutant @param {Killer | undefined} killer */
function rowOf(mutant, killer) {
  const where = [...new Set(editsOf(mutant).map(({ file }) => `\`${file}\``))].join('<br>');
  const red = killer ? `\`${killer.test}\` “${killer.title}”` : '';
  return `| ${[mutant.guard, where, red].map(cell).join(' | ')} |`;
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Leaves a section of the long run's report, as packages/api/test/long/report.ts does. @param {string} markdown */
export function reportSection(markdown) {
  const path = join(cache, 'long/mutants.md');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${markdown.trim()}\n`);
}
