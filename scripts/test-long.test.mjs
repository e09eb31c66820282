import { expect, test } from 'vitest';
import { pageOf } from './test-long.mjs';

test('a run of some parts replaces those, adds new ones, and leaves the others with their date', () => {
  const first = pageOf('', ['## Kills\n\n5 of them.', '## Growth\n\nNone.'], 'Measured once.');
  const second = pageOf(first, ['## Kills\n\n7 of them.', '## Cluster\n\nIt holds.'], 'Measured again.');
  expect(
    second
      .split(/^(?=## )/m)
      .slice(1)
      .map((section) => section.trim()),
  ).toEqual([
    '## Cluster\n\nMeasured again.\n\nIt holds.',
    '## Growth\n\nMeasured once.\n\nNone.',
    '## Kills\n\nMeasured again.\n\n7 of them.',
  ]);
  expect(second.startsWith('# The long run\n\nWhat `pnpm test:long` measured.')).toBe(true);
});
