import type { ProblemPartsFragment } from '@twofold/contract/graphql';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { announce } from '../ui/announcer.js';
import { useCountdown } from '../ui/use-countdown.js';

export interface WaitText {
  (seconds: number): string;
}

/** "43 s" below a minute, "15 min" from there on, rounded up: nobody is told to come back too early. */
export function useWaitText(): WaitText {
  const { t } = useI18n();
  return (seconds) =>
    seconds < 60 ? t('time.seconds', { n: seconds }) : t('time.minutes', { n: Math.ceil(seconds / 60) });
}

/** "4:07", for a countdown that is watched. */
export function useClockText(): WaitText {
  const { t } = useI18n();
  return (seconds) =>
    t('time.left', { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') });
}

/**
 * The sentence for a problem, with the time left where waiting helps; empty without a problem, and once the wait is over.
 * `special` gives a screen's own words for a code.
 */
export function useProblemText(
  problem: () => ProblemPartsFragment | null,
  special: (code: ProblemPartsFragment['code']) => string | null = () => null,
): ComputedRef<string> {
  const { t } = useI18n();
  const wait = useWaitText();
  const { secondsLeft, running } = useCountdown(
    () => problem()?.retryAt,
    () => announce(t('time.over')),
  );
  return computed(() => {
    const now = problem();
    if (!now) return '';
    if (now.retryAt && !running.value) return '';
    return (
      special(now.code) ??
      t(`problems.${now.code}`, { wait: now.retryAt ? wait(secondsLeft.value) : t('time.soon') })
    );
  });
}
