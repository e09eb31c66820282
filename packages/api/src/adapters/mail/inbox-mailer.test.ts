import { expect, it } from 'vitest';
import { createInboxMailer } from './inbox-mailer.js';
import { createMemoryInbox } from './memory-inbox.js';

it('puts mail into the inbox, subject first', async () => {
  const inbox = createMemoryInbox({ now: () => 0 });
  await createInboxMailer(inbox).send({ to: 'mia@demo.example', subject: 'Changed', text: 'Hello Mia' });
  expect(inbox.list()).toMatchObject([
    { channel: 'email', to: 'mia@demo.example', text: 'Changed\n\nHello Mia' },
  ]);
});
