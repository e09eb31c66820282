import type { DeliverFactor } from '@twofold/core/two-factor/second-factor';
import { inTime } from './in-time.js';
import type { PhoneNumbers, SmsSender } from './sms-sender.js';

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
        return { receipt: await inTime(sender.send({ to, text: text({ code, organization }) })) };
      } catch (error) {
        onFailure(withoutNumbers(error));
        return null;
      }
    },
  };
}

/** A sender's error may repeat what was sent. Digits as many as a code or a phone number has are left out, and so are stack and cause. */
function withoutNumbers(error: unknown): Error {
  const message = error instanceof Error ? error.message : 'The sender gave no reason.';
  return new Error(message.replace(/\+?[0-9](?:[ ().-]?[0-9]){5,}/g, '…'));
}
