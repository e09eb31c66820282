import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSession, useViewer } from '../session/use-session.js';

/** What the organisation will ask of the viewer, in one sentence with its date; null where there is nothing to do. */
export function useDue(): ComputedRef<string | null> {
  const { t, d } = useI18n();
  const { session, setupOnly } = useSession();
  const viewer = useViewer();
  return computed(() => {
    const due = session.value?.twoFactorDueAt;
    if (!due || setupOnly.value) return null;
    const date = d(due, 'dateTime');
    const { twoFactorMethod: method } = viewer.value;
    return method
      ? t('policy.dueOther', { date, method: t(`factors.${method}.name`) })
      : t('policy.due', { date });
  });
}
