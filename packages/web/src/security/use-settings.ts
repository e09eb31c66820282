import { TwoFactorSettingsDocument, type SettingsPartsFragment } from '@twofold/contract/graphql';
import { computed, shallowReadonly, shallowRef } from 'vue';
import { useClient } from '../graphql/client.js';
import { sortFailure, type Failure } from '../graphql/failure.js';
import { useSession } from '../session/use-session.js';
import { useCountdown } from '../ui/use-countdown.js';

/**
 * The own saved settings, for as long as the password counts as confirmed. They live here alone and never in Apollo's
 * cache, so that nothing of them is left when they lock. `onLock` is called when they lock themselves.
 */
export function useSettings(onLock: () => void) {
  const client = useClient();
  const { session } = useSession();
  const settings = shallowRef<SettingsPartsFragment | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const loading = shallowRef(false);

  function lock(): void {
    if (!settings.value) return;
    settings.value = null;
    onLock();
  }

  /** False where the password must be confirmed first. */
  async function load(): Promise<boolean> {
    loading.value = true;
    failure.value = null;
    try {
      const { data } = await client.query({ query: TwoFactorSettingsDocument, fetchPolicy: 'no-cache' });
      const answer = data?.twoFactorSettings;
      settings.value = answer?.__typename === 'TwoFactorSettings' ? answer : null;
      return !(answer?.__typename === 'Problem' && answer.code === 'REAUTHENTICATION_REQUIRED');
    } catch (error) {
      failure.value = sortFailure(error);
      return true;
    } finally {
      loading.value = false;
    }
  }

  const { secondsLeft } = useCountdown(() => session.value?.passwordConfirmedUntil, lock);
  return {
    settings: shallowReadonly(settings),
    set: (next: SettingsPartsFragment) => (settings.value = next),
    failure: shallowReadonly(failure),
    loading: computed(() => loading.value),
    secondsLeft,
    load,
    lock,
  };
}
