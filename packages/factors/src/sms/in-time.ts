import { SEND_WITHIN } from './sms-sender.js';

/** Milliseconds. A sender keeps SEND_WITHIN by itself; this holds where one does not. */
const GIVE_UP_AFTER = SEND_WITHIN + 250;

/** Whoever signs in is answered in 6 s (core, second-factor.ts), whatever a sender does. */
export async function inTime<T>(sending: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The sender kept no deadline.')), GIVE_UP_AFTER);
  });
  try {
    return await Promise.race([sending, overdue]);
  } finally {
    clearTimeout(timer);
  }
}
