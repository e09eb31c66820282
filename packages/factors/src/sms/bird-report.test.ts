import type { ReportRequest } from '@twofold/core/delivery/carrier-report';
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { birdReports } from './bird-report.js';

const KEY = 'a-signing-key-for-bird';
const NOW = Date.parse('2026-11-02T12:00:00Z');
const PAGE = 'https://dash.example/webhooks/messages/bird';
const ID = '3c2b4f0e-8a4e-4d3c-9f2f-51b1a7a4a7f5';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function event(message: Record<string, unknown>, name = 'sms.outbound'): string {
  const receiver = { contacts: [{ identifierKey: 'phonenumber', identifierValue: '+447911123442' }] };
  return JSON.stringify({ service: 'channels', event: name, payload: { id: ID, receiver, ...message } });
}

function signed(body: string, at = NOW, key = KEY): ReportRequest {
  const time = String(Math.floor(at / 1_000));
  const bodyHash = createHash('sha256').update(body).digest();
  const signature = createHmac('sha256', key)
    .update(Buffer.concat([Buffer.from(`${time}\n${PAGE}\n`), bodyHash]))
    .digest('base64');
  const headers: Record<string, string> = {
    'messagebird-request-timestamp': time,
    'messagebird-signature': signature,
  };
  return { url: PAGE, header: (name) => headers[name], body: Buffer.from(body) };
}

const read = (request: ReportRequest, now = NOW) => birdReports(KEY)(request, now);

describe('an event of Bird', () => {
  it.each([
    ['scheduled', null],
    ['accepted', null],
    ['processing', null],
    ['sent', null],
    ['delivered', 'DONE'],
    ['rejected', 'UNDELIVERED'],
    ['sending_failed', 'UNDELIVERED'],
    ['delivery_failed', 'UNDELIVERED'],
  ])('says %s', async (status, outcome) => {
    const lastStatusAt = '2026-11-02T11:59:30.5Z';
    expect(await read(signed(event({ status, lastStatusAt })))).toEqual({
      kind: 'REPORT',
      report: { carrier: 'bird', messageId: ID, outcome, at: NOW - 29_500 },
      errorCode: null,
    });
  });

  it('names the error of what failed, and never a number', async () => {
    const failed = (code: unknown) => read(signed(event({ status: 'delivery_failed', failure: { code } })));
    expect(await failed(15005)).toMatchObject({ errorCode: '15005' });
    for (const code of ['447911123442', {}, null, -1, 1.5])
      expect(await failed(code)).toMatchObject({ kind: 'REPORT', errorCode: null });
  });

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a message that came in', event({ status: 'delivered' }, 'sms.inbound')],
    ['no message', JSON.stringify({ event: 'sms.outbound' })],
    ['no status', event({})],
    ['a status that it does not have', event({ status: 'constructor' })],
    ['an id that none of its messages has', event({ id: 7, status: 'delivered' })],
  ])('is not read: %s', async (_, body) => {
    expect(await read(signed(body))).toEqual({ kind: 'UNREADABLE' });
  });
});

describe('threat: somebody else reports for Bird', () => {
  const body = event({ status: 'delivered' });
  const without = (missing: string): ReportRequest => {
    const request = signed(body);
    return { ...request, header: (name) => (name === missing ? undefined : request.header(name)) };
  };

  it.each<[string, ReportRequest]>([
    ['no signature', without('messagebird-signature')],
    ['no time', without('messagebird-request-timestamp')],
    ['another key', signed(body, NOW, 'another-key')],
    ['another body', { ...signed(body), body: Buffer.from(body.replace('delivered', 'rejected')) }],
    ['another address', { ...signed(body), url: `${PAGE}?x=1` }],
    ['another host', { ...signed(body), url: PAGE.replace('dash', 'evil') }],
    ['half a signature', { ...signed(body), header: (name) => signed(body).header(name)?.slice(0, 12) }],
  ])('is refused: %s', async (_, request) => {
    expect(await read(request)).toEqual({ kind: 'FORGED' });
  });

  it('is refused once Bird has stopped repeating it, and from the future', async () => {
    expect(await read(signed(body), NOW + 9 * HOUR)).toMatchObject({ kind: 'REPORT' });
    expect(await read(signed(body), NOW + 9 * HOUR + 1)).toEqual({ kind: 'FORGED' });
    expect(await read(signed(body), NOW - 5 * MINUTE)).toMatchObject({ kind: 'REPORT' });
    expect(await read(signed(body), NOW - 5 * MINUTE - 1)).toEqual({ kind: 'FORGED' });
  });
});
