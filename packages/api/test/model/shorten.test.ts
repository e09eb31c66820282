import { describe, expect, it } from 'vitest';
import { shorten } from './shorten.js';

describe('a failing story is shortened', () => {
  const failsWith = (needed: readonly number[]) => (story: readonly number[]) =>
    needed.every((step) => story.includes(step))
      ? Promise.reject(new Error(`fails with ${needed.join()}`))
      : Promise.resolve();
  const long = Array.from({ length: 60 }, (_, step) => step);

  it.each([[[7]], [[0, 59]], [[3, 20, 21, 40]]])('to the steps that it takes: %j', async (needed) => {
    const { story, failure } = await shorten(long, failsWith(needed), 10_000);
    expect(story).toEqual(needed);
    expect(failure).toEqual(new Error(`fails with ${needed.join()}`));
  });

  it('not at all where it does not fail again, and that is told', async () => {
    expect(await shorten(long, failsWith([60]), 10_000)).toEqual({ story: long, failure: null });
  });
});
