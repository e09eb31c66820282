import type { AuditEventsQuery } from '@twofold/contract/graphql';
import { useI18n } from 'vue-i18n';
import { deviceName } from './device-name.js';

export type ActivityEvent = AuditEventsQuery['auditEvents']['nodes'][number];
export type OutcomeKind = 'done' | 'challenged' | 'refused';

/** Done, half-way, or refused, by whichever reason. */
export function kindOf({ outcome }: Pick<ActivityEvent, 'outcome'>): OutcomeKind {
  if (outcome === 'DONE') return 'done';
  return outcome === 'CHALLENGED' ? 'challenged' : 'refused';
}

/** A line of the activity in plain words. */
export function useEventText() {
  const { t } = useI18n();

  /** Only signing in asks for an email as well: elsewhere it was the password. */
  const reason = ({ action, outcome }: Pick<ActivityEvent, 'action' | 'outcome'>): string =>
    outcome === 'INVALID_CREDENTIALS' && action !== 'SIGN_IN'
      ? t('activity.wrongPassword')
      : t(`activity.reasons.${outcome}`);

  function what(event: Pick<ActivityEvent, 'action' | 'outcome' | 'method'>): string {
    const kind = kindOf(event);
    const words =
      kind === 'challenged' ? t('activity.challenged') : t(`activity.actions.${event.action}.${kind}`);
    const subject = event.method
      ? t('activity.withMethod', { what: words, method: t(`factors.${event.method}.name`) })
      : words;
    return kind === 'refused' ? t('activity.because', { what: subject, reason: reason(event) }) : subject;
  }

  function device(userAgent: string | null): string {
    const { browser, system } = deviceName(userAgent);
    if (browser && system) return t('activity.device', { browser, system });
    return browser ?? system ?? t('activity.unknownDevice');
  }

  return { what, device };
}
