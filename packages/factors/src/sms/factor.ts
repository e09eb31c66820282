import type { DeliverFactor } from '@twofold/core/two-factor/second-factor';
import type { PhoneNumbers, SmsSender } from './sms-sender.js';
import { SEND_WITHIN } from './sms-sender.js';

export interface SmsDeps {
  readonly sender: SmsSender;
  readonly phoneNumbers: PhoneNumbers;
  readonly text: (message: { readonly code: string; readonly organization: string }) => string;
  /** Told of each text that could not be handed over; the error names neither number nor code. */
  readonly onFailure: (error: Error) => void;
}

/** A code by text message. */
export function smsFactor({ sender, phoneNumbers, text, onFailure }: SmsDeps): DeliverFactor {
  return {
    kind: 'SMS',
    shape: 'deliver',
    parse: phoneNumbers.parse,
    mask: phoneNumbers.mask,
    area: phoneNumbers.area,

    async deliver({ to, code, organization }) {
      try {
        await inTime(sender.send({ to, text: text({ code, organization }) }));
        return true;
      } catch (error) {
        onFailure(withoutNumbers(error));
        return false;
      }
    },
  };
}

/** Milliseconds. A sender keeps SEND_WITHIN by itself; this holds where one does not. */
const GIVE_UP_AFTER = SEND_WITHIN + 250;

/** Whoever signs in is answered in 6 s (core, second-factor.ts), whatever a sender does. */
async function inTime(sending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The sender kept no deadline.')), GIVE_UP_AFTER);
  });
  try {
    await Promise.race([sending, overdue]);
  } finally {
    clearTimeout(timer);
  }
}

/** A sender's error may repeat what was sent. Digits as many as a code or a phone number has are left out, and so are stack and cause. */
function withoutNumbers(error: unknown): Error {
  const message = error instanceof Error ? error.message : 'The sender gave no reason.';
  return new Error(message.replace(/\+?[0-9](?:[ ().-]?[0-9]){5,}/g, '…'));
}
