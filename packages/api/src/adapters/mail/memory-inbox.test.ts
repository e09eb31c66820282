import { describe, expect, it } from 'vitest';
import { createMemoryInbox } from './memory-inbox.js';

const clock = { now: () => Date.UTC(2026, 10, 21, 14, 5, 6, 789) };

describe('the inbox of development', () => {
  it('lists what was sent, oldest first', () => {
    const inbox = createMemoryInbox(clock);
    inbox.add({ channel: 'sms', to: '+447911123456', text: '012345 is your code' });
    inbox.add({ channel: 'email', to: 'mia@demo.example', text: 'Hello' });
    expect(inbox.list()).toEqual([
      {
        id: '1',
        channel: 'sms',
        to: '+447911123456',
        text: '012345 is your code',
        sentAt: '2026-11-21T14:05:06.789Z',
      },
      {
        id: '2',
        channel: 'email',
        to: 'mia@demo.example',
        text: 'Hello',
        sentAt: '2026-11-21T14:05:06.789Z',
      },
    ]);
  });

  it('keeps the newest 500, under the ids that they had', () => {
    const inbox = createMemoryInbox(clock);
    for (let i = 1; i <= 502; i += 1) inbox.add({ channel: 'sms', to: '+447911123456', text: String(i) });
    expect(inbox.list()).toHaveLength(500);
    expect(inbox.list()[0]).toMatchObject({ id: '3', text: '3' });
    expect(inbox.list().at(-1)).toMatchObject({ id: '502', text: '502' });
  });

  it('is not changed by a reader', () => {
    const inbox = createMemoryInbox(clock);
    const before = inbox.list();
    inbox.add({ channel: 'sms', to: '+447911123456', text: 'new' });
    expect(before).toEqual([]);
  });
});
