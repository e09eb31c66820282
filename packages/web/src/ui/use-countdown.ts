import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue';
import { serverNow } from './server-clock.js';

export interface Countdown {
  /** Whole seconds, rounded up; 0 when it is over or there is nothing to wait for. */
  readonly secondsLeft: ComputedRef<number>;
  /** True until the time has come. */
  readonly running: ComputedRef<boolean>;
}

/**
 * Counts down to a time of the server. `onEnd` is called once when a countdown that was running ends, so that the end is
 * announced once; a time that has passed already ends nothing.
 */
export function useCountdown(
  until: () => string | null | undefined,
  onEnd: () => void = () => {},
): Countdown {
  const now = shallowRef(serverNow());
  let timer: ReturnType<typeof setInterval> | undefined;

  const left = computed(() => {
    const end = until();
    return end ? Math.max(0, Math.ceil((Date.parse(end) - now.value) / 1000)) : 0;
  });

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  function tick(): void {
    now.value = serverNow();
    if (left.value > 0) return;
    stop();
    onEnd();
  }

  watch(
    until,
    () => {
      stop();
      now.value = serverNow();
      // Four times a second, so that a throttled tab or a late timer is never a second behind.
      if (left.value > 0) timer = setInterval(tick, 250);
    },
    { immediate: true },
  );
  onScopeDispose(stop);
  return { secondsLeft: left, running: computed(() => left.value > 0) };
}
