import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache, root } from '../places.mjs';
import { editsOf } from './patch.mjs';

/**
 * @typedef {import('./patch.mjs').Mutant} Mutant
 * @typedef {{ test: string, title: string }} Killer the first test that turned red
 */

export const page = join(root, 'docs/security/guards.md');
const [begin, end] = ['<!-- mutants -->', '<!-- /mutants -->'];

const empty = `# Guards

<!-- asvs -->
<!-- /asvs -->

${begin}
${end}
`;

/** @typedef {import('./patch.mjs').Room} Room */

/**
 * Writes the tables of the rooms that were tried between its markers, and leaves the rest of the page as it is.
 *
 * @param {readonly Room[]} rooms all of them, in the order of the page
 * @param {readonly Room[]} tried
 * @param {ReadonlyMap<Mutant, Killer>} killers
 */
export function writeGuards(rooms, tried, killers) {
  const [head, rest] = (existsSync(page) ? readFileSync(page, 'utf8') : empty).split(begin);
  const [middle, tail] = rest?.split(end) ?? [];
  if (head === undefined || middle === undefined || tail === undefined)
    throw new Error(`${page} has lost its markers: ${begin} … ${end}`);
  writeFileSync(
    page,
    `${head}${begin}\n\n${guardsOf(rooms, tried, killers, tablesIn(middle))}\n\n${end}${tail}`,
  );
}

/** The tables that the page holds, by their rooms. @param {string} middle */
function tablesIn(middle) {
  const parts = middle.split(/^### /m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), `### ${part.trim()}`]));
}

/**
 * @param {readonly Room[]} rooms
 * @param {readonly Room[]} tried
 * @param {ReadonlyMap<Mutant, Killer>} killers
 * @param {ReadonlyMap<string, string>} known
 */
function guardsOf(rooms, tried, killers, known) {
  const count = rooms.flatMap(({ mutants }) => mutants).length;
  const parts = [
    '## Each guard taken away',
    `\`pnpm mutants\` takes the ${String(count)} guards of \`scripts/mutants/rooms\` away, one at a time in a copy, and runs tests. Beside each
stands the first one that turned red; where a race decides, another run may name its neighbour.`,
  ];
  for (const room of rooms)
    parts.push((tried.includes(room) ? null : known.get(room.room)) ?? tableOf(room, killers));
  return parts.join('\n\n');
}

/** @param {Room} room @param {ReadonlyMap<Mutant, Killer>} killers */
function tableOf({ room, mutants }, killers) {
  const rows = mutants.map((mutant) => rowOf(mutant, killers.get(mutant)));
  const table = ['| Guard | Where | Red without it |', '| --- | --- | --- |', ...rows].join('\n');
  // Long cells: filled up to equal widths, as prettier does, the page would be mostly spaces.
  return [`### ${room}`, '<!-- prettier-ignore-start -->', table, '<!-- prettier-ignore-end -->'].join(
    '\n\n',
  );
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
