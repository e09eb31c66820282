import { describe, expect, it } from 'vitest';
import { inBackground } from './in-background.js';

function background() {
  const failures: unknown[] = [];
  return { failures, ...inBackground((error) => failures.push(error)) };
}
const failure = new Error('no server');

describe('work in the background', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['rejects', () => Promise.reject(failure)],
    [
      'throws',
      () => {
        throw failure;
      },
    ],
  ])('never fails its caller where it %s, and is told of', async (_how, work) => {
    const { start, settled, failures } = background();
    expect(start(work)).toBeUndefined();
    await settled();
    expect(failures).toEqual([failure]);
  });

  it('is not waited for, but can be before the end', async () => {
    const release: ((value?: unknown) => void)[] = [];
    const { start, settled } = background();
    for (let i = 0; i < 2; i++) start(() => new Promise((resolve) => release.push(resolve)));
    let over = false;
    const end = settled().then(() => (over = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(release).toHaveLength(2);
    release[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(over).toBe(false);
    release[1]?.();
    await end;
    expect(over).toBe(true);
  });

  it('is settled at once where there was none', async () => {
    await expect(background().settled()).resolves.toBeUndefined();
  });
});
