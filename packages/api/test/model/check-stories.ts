import { DAY, MINUTE } from '@twofold/core/ports';
import fc from 'fast-check';
import type { TestDatabase } from '../databases/open-test-database.js';
import { openScene } from '../harness/scene.js';
import { shorten } from './shorten.js';
import type { Step } from './steps.js';
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
 * Plays stories made by chance against a fresh service. Where one fails, the shortest that still does is in the error, with what
 * makes it again: `FC_SEED` the same stories, `FC_PATH` that one alone. `FC_RUNS` says how many are played.
 */
export async function checkStories(open: () => Promise<TestDatabase>, runs: number): Promise<Played> {
  const { FC_SEED, FC_PATH, FC_RUNS } = process.env;
  const seen: Seen = new Map();
  const told: number[] = [];
  // Failed passwords are counted by address too, by the clock on the wall: each story has an address of its own.
  const scene = await openScene(open, { config: { trustedProxies: ['127.0.0.1'] } });
  const play = async (story: readonly Step[], noted: Seen) => {
    // At midnight, and beyond the day in which the texts of the whole service are counted.
    scene.service.clock.set((Math.floor(scene.now() / DAY) + 2) * DAY);
    await tell(scene, story, noted);
  };
  try {
    const checked = await fc.check(
      fc.asyncProperty(stories, async (story) => {
        told.push(story.length);
        await play(story, seen);
      }),
      {
        numRuns: FC_RUNS === undefined ? runs : Number(FC_RUNS),
        ...(FC_SEED === undefined ? {} : { seed: Number(FC_SEED) }),
        ...(FC_PATH === undefined ? {} : { path: FC_PATH }),
        // A story is made of ways of several steps: what is left out, `shorten` says, step by step.
        endOnFailure: true,
      },
    );
    const { seed, counterexample, counterexamplePath } = checked;
    if (counterexample) {
      const shortest = await shorten(counterexample[0], (story) => play(story, new Map()), MINUTE);
      const again = `FC_SEED=${String(seed)} FC_PATH=${counterexamplePath ?? ''}`;
      throw new Error(`${again}\n${lines(shortest.story)}`, {
        cause: shortest.failure ?? checked.errorInstance,
      });
    }
    return { seed, stories: told.length, steps: told.reduce((sum, length) => sum + length, 0), seen };
  } finally {
    await scene.close();
  }
}

const lines = (story: readonly Step[]) => story.map((step) => JSON.stringify(step)).join('\n');
