import type { Addressee, Clock, Notice, NoticeDetail, Notifier } from '@twofold/core/ports';
import type { Background } from '../in-background.js';
import { noticeMail } from './mail-copy.js';
import type { Mailer } from './mailer.js';

export type WayBack = (owner: Account, notice: Notice) => Promise<NoticeDetail['link'] | null>;

type Account = Addressee & Required<Pick<Addressee, 'id' | 'organization'>>;

export interface MailNotifierDeps {
  readonly mailer: Mailer;
  readonly clock: Clock;
  /** The only link in a mail. */
  readonly publicUrl: string;
  readonly background: Pick<Background, 'start'>;
  /** The link "this wasn't me" for the mail about a change; null where there is none, also because none could be made. */
  readonly wayBack: WayBack;
}

/** Tells by mail. The caller never waits: neither the time nor a failure of the mail server shows in an answer. */
export function createMailNotifier(deps: MailNotifierDeps): Notifier {
  const { mailer, clock, publicUrl, background } = deps;
  return {
    tell(owner, notice, detail) {
      const at = clock.now();
      background.start(async () => {
        const link = detail?.link ?? (await wayBackOf(deps, owner, notice));
        await mailer.send(noticeMail(owner, notice, at, publicUrl, link ? { ...detail, link } : detail));
      });
    },
  };
}

async function wayBackOf({ wayBack }: MailNotifierDeps, owner: Addressee, notice: Notice) {
  const { id, organization } = owner;
  if (id === undefined || organization === undefined) return null;
  return wayBack({ ...owner, id, organization }, notice);
}
