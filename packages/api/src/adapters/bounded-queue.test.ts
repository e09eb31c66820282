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
