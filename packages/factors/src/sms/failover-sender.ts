import { NotAccepted, SEND_WITHIN, type SmsSender } from './sms-sender.js';

export interface FailoverOptions {
  /** The preferred one first. */
  readonly senders: readonly SmsSender[];
  /** Told why a sender was passed over, whenever the next one is asked. */
  readonly onPassedOver: (error: Error) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Milliseconds. With less, the answer of a sender would more likely be cut off than come. */
const LEAST_TIME = 1_000;
/** Milliseconds for which a sender that left a message in doubt is asked last. */
const REST = 60_000;

/**
 * Asks one sender after the other, within one deadline, until one takes the message.
 *
 * The next one is asked only where the one before certainly did not take it (NotAccepted). In doubt nobody else is: the
 * first text may be under way, and with a second one for the same code people pay twice and take the messages for an
 * attack. The caller learns that the message failed, and asks for a new code. That one begins with another sender: a
 * carrier that hangs or answers nonsense rarely does so once.
 */
export function failoverSender({
  senders,
  onPassedOver,
  now = () => performance.now(),
}: FailoverOptions): SmsSender {
  const restUntil = new Map<SmsSender, number>();
  const rests = (sender: SmsSender) => now() < (restUntil.get(sender) ?? -Infinity);

  return {
    async send(message, within = SEND_WITHIN) {
      const end = now() + within;
      let refusal = new NotAccepted('There is no carrier to ask.');
      const order = [...senders.filter((sender) => !rests(sender)), ...senders.filter(rests)];
      for (const [place, sender] of order.entries()) {
        if (place > 0) {
          if (end - now() < LEAST_TIME) break;
          onPassedOver(refusal);
        }
        try {
          return await sender.send(message, end - now());
        } catch (error) {
          if (!(error instanceof NotAccepted)) {
            restUntil.set(sender, now() + REST);
            throw error;
          }
          refusal = error;
        }
      }
      throw refusal;
    },
  };
}
