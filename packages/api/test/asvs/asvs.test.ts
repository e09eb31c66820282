import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasTest } from '../harness/test-titles.js';
import { chapters } from './chapters.js';
import { asvsSection } from './guards-page.js';
import { levels } from './standard.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const page = `${root}docs/security/guards.md`;
const all = chapters.flatMap(({ requirements }) => requirements);
const [begin, end] = ['<!-- asvs -->', '<!-- /asvs -->'];

describe('the requirements of OWASP ASVS 5.0', () => {
  it('are those of the standard: 345, of which 70 at level 1, 183 at level 2 and 92 at level 3', () => {
    const counts = [1, 2, 3].map((wanted) => [...levels.values()].filter((level) => level === wanted).length);
    expect([levels.size, ...counts]).toEqual([345, 70, 183, 92]);
  });

  it('of levels 1 and 2 each have one row, in their order, and those of level 3 one at most', () => {
    const ids = all.map(({ id }) => id);
    const due = [...levels].filter(([, level]) => level < 3).map(([id]) => id);
    expect(due.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids).toEqual([...levels.keys()].filter((id) => ids.includes(id)));
    for (const { id, level } of all) expect([id, level]).toEqual([id, levels.get(id)]);
  });

  it.each(chapters)('$title names files that are there, and tests that are run', ({ requirements }) => {
    const missing = requirements.flatMap(({ id, files, tests }) => [
      ...files.filter((file) => !existsSync(root + file)).map((file) => `${id}: ${file}`),
      ...tests
        .filter(([file, title]) => !existsSync(root + file) || !hasTest(read(file), title))
        .map(([file, title]) => `${id}: ${file} “${title}”`),
    ]);
    expect(missing).toEqual([]);
    const unfounded = requirements.filter(({ state, files }) => state === 'met' && files.length === 0);
    expect(unfounded).toEqual([]);
  });

  it('have no bar in a cell, which would make two of it', () => {
    expect(all.filter((row) => JSON.stringify(row).includes('|'))).toEqual([]);
  });

  it('are what docs/security/guards.md says (UPDATE_DOCS=1 writes it)', () => {
    const written = readFileSync(page, 'utf8');
    const [from, to] = [written.indexOf(begin) + begin.length, written.indexOf(end)];
    expect([from >= begin.length, to > from]).toEqual([true, true]);
    const section = `\n\n${asvsSection(chapters)}\n\n`;
    if (process.env['UPDATE_DOCS'] === '1')
      writeFileSync(page, written.slice(0, from) + section + written.slice(to));
    const now = readFileSync(page, 'utf8');
    expect(now.slice(now.indexOf(begin) + begin.length, now.indexOf(end))).toBe(section);
  });
});

const texts = new Map<string, string>();

function read(file: string): string {
  const text = texts.get(file) ?? readFileSync(root + file, 'utf8');
  texts.set(file, text);
  return text;
}
