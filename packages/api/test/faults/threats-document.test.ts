import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasTest } from '../harness/test-titles.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const page = readFileSync(`${root}docs/security/threats.md`, 'utf8');

/** The rows of all tables: below a line of dashes, threat, how it is met, and tests. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (-+|Threat) +\|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

const named = rows.flatMap(([, , , tests = '']) =>
  [...tests.matchAll(/`([^`]+)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title })),
);

describe('docs/security/threats.md', () => {
  it('has rows, and in each a threat, a file that is there, and a test', () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const [, threat = '', how = '', tests = ''] of rows) {
      const files = [...how.matchAll(/`(packages\/[^`]+)`/g)].map(([, file = '']) => file);
      const missing = files.filter((file) => !existsSync(root + file));
      expect({ threat, missing }).toEqual({ threat, missing: [] });
      expect(files.length, threat).toBeGreaterThan(0);
      expect(tests, threat).toMatch(/`[^`]+\.test\.ts` “[^”]+”/);
    }
  });

  it.each(named)('$file has “$title”', ({ file, title }) => {
    expect(hasTest(readFileSync(root + file, 'utf8'), title)).toBe(true);
  });

  it('a title that is gone, or whose test is skipped, is found out', () => {
    const source =
      "it('one', run);\nit.skip('two', run);\ndescribe.each(all)(\n  'three',\n  run);\ntest(`four`, run);";
    const found = ['one', 'two', 'three', 'four', 'five'].filter((title) => hasTest(source, title));
    expect(found).toEqual(['one', 'three', 'four']);
  });
});
