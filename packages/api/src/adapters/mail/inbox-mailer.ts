import type { Mailer } from './mailer.js';
import type { Inbox } from './memory-inbox.js';

export function createInboxMailer(inbox: Pick<Inbox, 'add'>): Mailer {
  return {
    async send({ to, subject, text }) {
      inbox.add({ channel: 'email', to, text: `${subject}\n\n${text}` });
    },
  };
}
