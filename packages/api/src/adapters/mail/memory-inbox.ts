import type { Clock } from '@twofold/core/ports';

export type Channel = 'sms' | 'email';

export interface InboxMessage {
  readonly id: string;
  readonly channel: Channel;
  readonly to: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly sentAt: string;
}

/** Where texts and mails can be read in development, at /dev/inbox. */
export interface Inbox {
  add(message: Pick<InboxMessage, 'channel' | 'to' | 'text'>): void;
  /** Oldest first. */
  list(): readonly InboxMessage[];
}

const MOST_MESSAGES = 500;

/** Kept in memory alone: codes are in it. Of more than 500 messages the newest stay. */
export function createMemoryInbox(clock: Clock): Inbox {
  const messages: InboxMessage[] = [];
  let count = 0;
  return {
    add({ channel, to, text }) {
      count += 1;
      messages.push({ id: String(count), channel, to, text, sentAt: new Date(clock.now()).toISOString() });
      if (messages.length > MOST_MESSAGES) messages.shift();
    },
    list: () => [...messages],
  };
}
