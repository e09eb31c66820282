import { createTransport } from 'nodemailer';
import type { Mailer } from './mailer.js';

export interface SmtpOptions {
  /** `smtp:` takes TLS where the server offers it (`?requireTLS=true` demands it), `smtps:` begins with it. */
  readonly url: string;
  /** An address, or a name and `<address>`. */
  readonly from: string;
  /** Milliseconds that the server may take for each step. */
  readonly timeout?: number;
}

/** One address without quotes, comments or lists: what a browser takes for an email field (HTML, 4.10.5.1.5), Unicode allowed. */
const oneAddress = /^[^\s\p{Cc}\p{Cf}"(),:;<>@[\\\]]+@[^\s\p{Cc}\p{Cf}"(),:;<>@[\\\]]+$/u;

/** Mail by SMTP, one connection a mail: notices are few, and a connection that is kept open would end unseen. */
export function createSmtpMailer({ url, from, timeout = 10_000 }: SmtpOptions): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    // A text can never make it read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text }) {
      if (!oneAddress.test(to)) throw new Error('A mail goes to one plain address.');
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject: subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '),
        text,
        // RFC 3834, 5: asks responders to leave it unanswered.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
}
