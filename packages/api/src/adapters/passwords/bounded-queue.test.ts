import { expect, it } from 'vitest';
import { createBoundedQueue, TooBusy } from './bounded-queue.js';

it('tells those whom it turns away how long what waits will take', async () => {
  let now = 0;
  const { inTurn } = createBoundedQueue(1, 6, () => now);
  const lasting = (milliseconds: number) => () => {
    now += milliseconds;
    return Promise.resolve();
  };
  const full = (milliseconds: number) => Array.from({ length: 7 }, () => inTurn(lasting(milliseconds)));
  const told = () =>
    inTurn(lasting(0)).then(
      () => null,
      (error: unknown) => (error instanceof TooBusy ? error.retryAfter : error),
    );

  // How long one takes is not known before one has ended.
  const first = full(1_500);
  expect(await told()).toBe(1);
  await Promise.all(first);
  const second = full(1_500);
  // Six wait, 1.5 s each.
  expect(await told()).toBe(9);
  await Promise.all(second);
  expect(await told()).toBeNull();
});

it('keeps a place for what will come to wait, from its begin to its end', async () => {
  const { withPlace, inTurn } = createBoundedQueue(1, 1);
  const ends: (() => void)[] = [];
  const reading = () => new Promise<void>((end) => ends.push(end));
  const both = [1, 2].map(() => withPlace(() => reading().then(() => inTurn(() => Promise.resolve()))));
  let begun = false;
  const third = withPlace(() => Promise.resolve((begun = true)));
  await expect(third).rejects.toBeInstanceOf(TooBusy);
  expect(begun).toBe(false);
  for (const end of ends) end();
  await Promise.all(both);
  await expect(withPlace(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  await expect(Promise.all([1, 2].map(() => withPlace(() => Promise.resolve(1))))).resolves.toEqual([1, 1]);
});
