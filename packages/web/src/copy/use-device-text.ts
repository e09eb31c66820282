import { useI18n } from 'vue-i18n';

/** What the API found in what a client calls itself. */
export interface Device {
  readonly browser: string | null;
  readonly system: string | null;
}

/** A device in words: "Firefox on Linux". */
export function useDeviceText() {
  const { t } = useI18n();
  return ({ browser, system }: Device): string => {
    if (browser && system) return t('activity.device', { browser, system });
    return browser ?? system ?? t('activity.unknownDevice');
  };
}
