import type { Clock, Notifier } from '@twofold/core/ports';
import type { Background } from '../in-background.js';
import { noticeMail } from './mail-copy.js';
import type { Mailer } from './mailer.js';

export interface MailNotifierDeps {
  readonly mailer: Mailer;
  readonly clock: Clock;
  /** The only link in a mail. */
  readonly publicUrl: string;
  readonly background: Pick<Background, 'start'>;
}

/** Tells by mail. The caller never waits: neither the time nor a failure of the mail server shows in an answer. */
export function createMailNotifier({ mailer, clock, publicUrl, background }: MailNotifierDeps): Notifier {
  return {
    tell(owner, notice, detail) {
      const mail = noticeMail(owner, notice, clock.now(), publicUrl, detail);
      background.start(() => mailer.send(mail));
    },
  };
}
