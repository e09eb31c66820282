import { useI18n } from 'vue-i18n';
import { serverNow } from '../ui/server-clock.js';
import { timeAgo } from '../ui/time-ago.js';

/** A use is written down at most once a minute: who was seen within two is there. */
const ACTIVE_FOR = 120_000;

/** When a device was used, in words. */
export function useWhen() {
  const { t, locale } = useI18n();
  const ago = (moment: string): string => timeAgo(locale.value, moment, serverNow()) ?? t('devices.now');
  const active = (moment: string): string =>
    serverNow() - Date.parse(moment) < ACTIVE_FOR
      ? t('devices.activeNow')
      : t('devices.active', { when: ago(moment) });
  return { ago, active };
}
