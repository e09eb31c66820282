import { MINUTE } from '@twofold/core/ports';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { checkStories } from './check-stories.js';

const STORIES = 20;

describe.each(databases)('stories made by chance, on $name', ({ open }) => {
  it(
    'every answer is the one that the rules, told anew, expect',
    async () => {
      const { stories, steps } = await checkStories(open, STORIES);
      expect(steps).toBeGreaterThan(stories);
    },
    6 * MINUTE,
  );
});
