import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pace } from './pace.js';

test('who takes long makes nobody else wait', async () => {
  let most = 0;
  let running = 0;
  const begin = performance.now();
  await pace(100, 0.2, async () => {
    most = Math.max(most, (running += 1));
    await sleep(300);
    running -= 1;
  });
  expect(most).toBe(20);
  // One after the other they would take 6 s.
  expect(performance.now() - begin).toBeLessThan(5_000);
});

test('the first that fails ends it', async () => {
  let begun = 0;
  const failing = pace(1_000, 60, (index) => {
    begun += 1;
    return index === 3 ? Promise.reject(new Error('a wrong answer')) : Promise.resolve();
  });
  await expect(failing).rejects.toThrow('a wrong answer');
  expect(begun).toBeLessThan(1_000);
});
