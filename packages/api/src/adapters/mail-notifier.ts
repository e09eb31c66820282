import type { Clock, Notifier } from '@twofold/core/ports';
import { noticeMail } from './mail-copy.js';
import type { Mailer } from './mailer.js';

export interface MailNotifierDeps {
  readonly mailer: Mailer;
  readonly clock: Clock;
  /** The only link in a mail. */
  readonly publicUrl: string;
  /** Told of each mail that was not sent. The error may name the address, never a secret. */
  readonly onFailure: (error: unknown) => void;
}

export interface MailNotifier extends Notifier {
  /** When every mail so far is sent or has failed: to be awaited before the process ends. */
  settled(): Promise<void>;
}

/** Tells by mail. The caller never waits: neither the time nor a failure of the mail server shows in an answer. */
export function createMailNotifier({ mailer, clock, publicUrl, onFailure }: MailNotifierDeps): MailNotifier {
  const underWay = new Set<Promise<void>>();
  return {
    tell(owner, notice) {
      const mail = noticeMail(owner, notice, clock.now(), publicUrl);
      const sent = Promise.resolve()
        .then(() => mailer.send(mail))
        .catch(onFailure)
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
