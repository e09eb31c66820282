/**
 * The shortest story, as far as leaving out finds it within `ms`, that still fails: halves first, then quarters, down to single
 * steps, over and over until nothing more can go.
 *
 * @returns the failure of that one; null where the story did not fail again
 */
export async function shorten<T>(
  failing: readonly T[],
  play: (story: readonly T[]) => Promise<void>,
  ms: number,
): Promise<{ readonly story: readonly T[]; readonly failure: unknown }> {
  const end = Date.now() + ms;
  let shortest = { story: failing, failure: await failureOf(play, failing) };
  if (shortest.failure === null) return shortest;
  for (let part = Math.ceil(failing.length / 2); part >= 1;) {
    const before = shortest.story.length;
    // From the back: what comes after the failure goes first.
    for (let from = before - part; from > -part && Date.now() < end; from -= part) {
      const story = shortest.story.filter((_, at) => at < from || at >= from + part);
      const failure = await failureOf(play, story);
      if (failure !== null) shortest = { story, failure };
    }
    if (part > 1) part = Math.ceil(part / 2);
    else if (shortest.story.length === before || Date.now() >= end) break;
  }
  return shortest;
}

async function failureOf<T>(
  play: (story: readonly T[]) => Promise<void>,
  story: readonly T[],
): Promise<unknown> {
  try {
    await play(story);
    return null;
  } catch (failure) {
    return failure;
  }
}
