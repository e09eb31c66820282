import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ReportReader, ReportRequest } from '@twofold/core/delivery/carrier-report';
import { readingOf } from './delivery-report.js';

/** https://docs.bird.com/api/channels-api/message-status-and-interactions */
const outcomes = {
  scheduled: null,
  accepted: null,
  processing: null,
  sent: null,
  delivered: 'DONE',
  rejected: 'UNDELIVERED',
  sending_failed: 'UNDELIVERED',
  delivery_failed: 'UNDELIVERED',
} as const;

const MINUTE = 60_000;
/** Bird repeats a report for eight hours under the signature of the first try. What it then says again changes nothing. */
const OLDEST = 9 * 60 * MINUTE;
const NEWEST = 5 * MINUTE;

/** Reads an event `sms.outbound` of a webhook subscription of Bird, signed over time, address and body. */
export function birdReports(signingKey: string): ReportReader {
  return (request, now) => {
    if (!isSigned(request, signingKey, now)) return Promise.resolve({ kind: 'FORGED' });
    const event = parse(request.body);
    const message = valueIn(event, 'payload');
    if (valueIn(event, 'event') !== 'sms.outbound') return Promise.resolve({ kind: 'UNREADABLE' });
    const reading = readingOf('bird', outcomes, {
      id: valueIn(message, 'id'),
      status: valueIn(message, 'status'),
      at: valueIn(message, 'lastStatusAt'),
      errorCode: valueIn(valueIn(message, 'failure'), 'code'),
    });
    return Promise.resolve(reading);
  };
}

/** https://docs.bird.com/api/notifications-api/api-reference/webhook-subscriptions/verifying-a-webhook-subscription */
function isSigned({ url, header, body }: ReportRequest, signingKey: string, now: number): boolean {
  const time = header('messagebird-request-timestamp') ?? '';
  if (!/^[0-9]{1,12}$/.test(time)) return false;
  const age = now - Number(time) * 1_000;
  if (age > OLDEST || age < -NEWEST) return false;
  const expected = createHmac('sha256', signingKey)
    .update(`${time}\n${url}\n`)
    .update(createHash('sha256').update(body).digest())
    .digest();
  const given = Buffer.from(header('messagebird-signature') ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function valueIn(object: unknown, name: string): unknown {
  const fields = typeof object === 'object' && object !== null ? (object as Record<string, unknown>) : {};
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
