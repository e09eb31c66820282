import { DAY, MINUTE } from '@twofold/core/ports';
import fc from 'fast-check';
import type { TestDatabase } from '../databases/open-test-database.js';
import { openScene } from '../harness/scene.js';
import { stories } from './stories.js';
import type { Seen } from './tell.js';
import { tell } from './tell.js';

/** What was played. */
export interface Played {
  readonly seed: number;
  readonly stories: number;
  readonly steps: number;
  readonly seen: Seen;
}

/**
 * Plays stories made by chance against a fresh service. Where one fails, the shortest that still does is in the error, with its
 * seed: `FC_SEED=… ` makes the same stories again, and `FC_RUNS` says how many.
 */
export async function checkStories(open: () => Promise<TestDatabase>, runs: number): Promise<Played> {
  const { FC_SEED, FC_RUNS } = process.env;
  const seed = FC_SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(FC_SEED);
  const numRuns = FC_RUNS === undefined ? runs : Number(FC_RUNS);
  const seen: Seen = new Map();
  let told = 0;
  let steps = 0;
  const scene = await openScene(open, { config: { trustedProxies: ['127.0.0.1'], logLevel: 'silent' } });
  try {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        // Beyond the day in which the service's budgets of texts are counted.
        scene.service.clock.advance(2 * DAY);
        told += 1;
        steps += story.length;
        await tell(scene, story, seen);
      }),
      { seed, numRuns, interruptAfterTimeLimit: (4 + numRuns / 5) * MINUTE, markInterruptAsFailure: true },
    );
  } finally {
    await scene.close();
  }
  return { seed, stories: told, steps, seen };
}
