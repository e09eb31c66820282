import type { AuditEventsQuery } from '@twofold/contract/graphql';
import { useI18n } from 'vue-i18n';
import { useDeviceText } from '../copy/use-device-text.js';

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
  const deviceText = useDeviceText();

  /** Only signing in asks for an email as well: elsewhere it was the password. */
  const reason = ({ action, outcome }: Pick<ActivityEvent, 'action' | 'outcome'>): string =>
    outcome === 'INVALID_CREDENTIALS' && action !== 'SIGN_IN'
      ? t('activity.wrongPassword')
      : t(`activity.reasons.${outcome}`);

  function what(event: Pick<ActivityEvent, 'action' | 'outcome' | 'method'>): string {
    const kind = kindOf(event);
    const words =
      kind === 'challenged' ? t('activity.challenged') : t(`activity.actions.${event.action}.${kind}`);
    // That a text is one by text message says nothing new.
    const method = event.action === 'DELIVER_TEXT' ? null : event.method;
    const subject = method
      ? t('activity.withMethod', { what: words, method: t(`factors.${method}.name`) })
      : words;
    return kind === 'refused' ? t('activity.because', { what: subject, reason: reason(event) }) : subject;
  }

  /** Of a text the carrier that reported it, in the server's own words; of all else what a client calls itself. */
  function device(event: Pick<ActivityEvent, 'action' | 'device' | 'browser' | 'system'>): string {
    if (event.action === 'DELIVER_TEXT') return event.device ?? t('activity.unknownDevice');
    return deviceText(event);
  }

  /** What a carrier reports comes from no device of anybody. */
  function address(event: Pick<ActivityEvent, 'action' | 'address'>): string {
    const none = event.action === 'DELIVER_TEXT' ? 'activity.byCarrier' : 'activity.unknownAddress';
    return event.address ?? t(none);
  }

  return { what, device, address };
}
