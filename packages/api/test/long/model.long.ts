import { describe, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { checkStories } from '../model/check-stories.js';
import { reportSection } from './report.js';

const STORIES = 400;

describe.each(databases)('stories made by chance, on $name', ({ name, open }) => {
  it('reach every lock, expiry and replay, and end as the rules, told anew, expect', async () => {
    const played = await checkStories(open, STORIES);
    const rows = [...played.seen].sort(([a], [b]) => (a < b ? -1 : 1));
    reportSection(
      `model-${name.toLowerCase()}`,
      `## x\n${rows.map(([a, b]) => `${a} ${b}`).join('\n')}\nsteps ${played.steps}`,
    );
  });
});
