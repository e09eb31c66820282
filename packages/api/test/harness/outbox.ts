import type { SmsSender } from '@twofold/factors/server';
import type { Mail, Mailer } from '../../src/adapters/mail/mailer.js';

export interface Text {
  readonly to: string;
  readonly text: string;
}

/** A carrier and a mail server that remember what they were given. */
export interface Outbox {
  readonly smsSender: SmsSender;
  readonly mailer: Mailer;
  readonly texts: Text[];
  readonly mails: Mail[];
  /** While true, the carrier takes nothing. */
  carrierDown: boolean;
  /** The code of the newest text. */
  lastCode(): string;
}

export function createOutbox(): Outbox {
  const outbox: Outbox = {
    texts: [],
    mails: [],
    carrierDown: false,
    smsSender: {
      send(text) {
        if (outbox.carrierDown) return Promise.reject(new Error('The carrier is down.'));
        outbox.texts.push(text);
        return Promise.resolve(null);
      },
    },
    mailer: {
      send(mail) {
        outbox.mails.push(mail);
        return Promise.resolve();
      },
    },
    lastCode() {
      const code = /^(\d{6}) /.exec(outbox.texts.at(-1)?.text ?? '')?.[1];
      if (code === undefined) throw new Error('No text with a code has been sent.');
      return code;
    },
  };
  return outbox;
}

/** A code of six digits that is not this one. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
