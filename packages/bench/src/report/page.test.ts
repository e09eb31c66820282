import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BEGIN, betweenMarkers, END } from './page.js';

test('figures replace those of the last run, and what a person wrote around them stays', () => {
  const page = `before\n${BEGIN}\nold\n${END}\nafter\n`;
  const written = betweenMarkers(page, 'new');
  expect(written).toBe(`before\n${BEGIN}\n\nnew\n\n${END}\nafter\n`);
  expect(betweenMarkers(written, 'newer')).toBe(written.replace('new', 'newer'));
});

test.each(['', BEGIN, END, `${END} ${BEGIN}`])('a page without the two markers is refused: %j', (page) => {
  expect(() => betweenMarkers(page, 'new')).toThrow(BEGIN);
});

test('the page of this project has them', () => {
  const page = readFileSync(new URL('../../../../docs/performance.md', import.meta.url), 'utf8');
  expect(betweenMarkers(page, 'new')).toContain(`${BEGIN}\n\nnew\n\n${END}`);
});
