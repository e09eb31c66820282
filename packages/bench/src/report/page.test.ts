import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { betweenMarkers } from './page.js';

const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';

test('figures replace those of the last run, and what a person wrote around them stays', () => {
  const page = `before\n${BEGIN}\nold\n${END}\nafter\n`;
  const written = betweenMarkers(page, 'new');
  expect(written).toBe(`before\n${BEGIN}\n\nnew\n\n${END}\nafter\n`);
  expect(betweenMarkers(written, 'newer')).toBe(written.replace('new', 'newer'));
});

test.each(['', BEGIN, END, `${END} ${BEGIN}`])('a page without the two markers is refused: %j', (page) => {
  expect(() => betweenMarkers(page, 'new')).toThrow(BEGIN);
});

test('the page of this project has those of each part, and one part leaves the other alone', () => {
  const page = readFileSync(new URL('../../../../docs/performance.md', import.meta.url), 'utf8');
  const both = betweenMarkers(betweenMarkers(page, 'first'), 'second', 'browser');
  expect(both).toContain(`${BEGIN}\n\nfirst\n\n${END}`);
  expect(both).toContain('<!-- browser -->\n\nsecond\n\n<!-- /browser -->');
});
