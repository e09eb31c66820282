import type { ReportRequest } from '@twofold/core/delivery/carrier-report';
import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { messageBirdReports } from './messagebird-report.js';

const KEY = 'a-signing-key-of-messagebird';
const NOW = Date.parse('2026-11-02T12:00:00Z');
const PAGE = 'https://dash.example/webhooks/messages/messagebird';
const ID = 'e8077d803532c0b5937c639b60216938';

interface Vector {
  readonly name: string;
  readonly method: string;
  readonly secret?: string;
  readonly url: string;
  readonly payload?: string;
  readonly timestamp: string;
  readonly token: string;
  readonly valid: boolean;
}

/** What MessageBird tests its own libraries by. */
const vectors = createRequire(import.meta.url)(
  'messagebird/lib/testdata/webhook-signature-jwt-reference.json',
) as Vector[];

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(url: string, claims: Record<string, unknown> = {}, key = KEY): ReportRequest {
  const times = { nbf: NOW / 1_000, exp: NOW / 1_000 + 60 };
  const all = { iss: 'MessageBird', ...times, jti: 'an-id', url_hash: hash(url), ...claims };
  const content = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(all)}`;
  const jwt = `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
  const headers: Record<string, string> = { 'messagebird-signature-jwt': jwt };
  return { url, header: (name) => headers[name], body: Buffer.alloc(0) };
}

const read = (request: ReportRequest, now = NOW) => messageBirdReports(KEY)(request, now);
const readQuery = (query: Record<string, string>) =>
  read(signed(`${PAGE}?${new URLSearchParams(query).toString()}`));

describe('a status report of MessageBird', () => {
  it.each([
    ['scheduled', null],
    ['sent', null],
    ['buffered', null],
    ['delivered', 'DONE'],
    ['expired', 'EXPIRED'],
    ['delivery_failed', 'UNDELIVERED'],
  ])('says %s', async (status, outcome) => {
    const query = { id: ID, reference: 'x', recipient: '447911123442', status };
    expect(await readQuery({ ...query, statusDatetime: '2026-11-02T11:59:30+00:00' })).toEqual({
      kind: 'REPORT',
      report: { carrier: 'messagebird', messageId: ID, outcome, at: NOW - 30_000 },
      errorCode: null,
    });
  });

  it.each([
    ['delivery_failed', '101', '101'],
    ['expired', '32', '32'],
    ['delivery_failed', '0', null],
    ['delivery_failed', '', null],
    ['delivery_failed', '447911123442', null],
    ['delivered', '5', null],
  ])('of %s names the error %j as %j', async (status, statusErrorCode, errorCode) => {
    expect(await readQuery({ id: ID, status, statusErrorCode })).toMatchObject({ errorCode });
  });

  it('has its time where a plus sign was not escaped, and none where it says none', async () => {
    const query = `id=${ID}&status=delivered&statusDatetime=2026-11-02T12:59:30+01:00`;
    expect(await read(signed(`${PAGE}?${query}`))).toMatchObject({ report: { at: NOW - 30_000 } });
    expect(await readQuery({ id: ID, status: 'delivered' })).toMatchObject({ report: { at: null } });
    expect(await readQuery({ id: ID, status: 'delivered', statusDatetime: 'now' })).toMatchObject({
      report: { at: null },
    });
  });

  it.each<[string, Record<string, string>]>([
    ['no id', { status: 'delivered' }],
    ['no status', { id: ID }],
    ['a status that it does not have', { id: ID, status: 'toString' }],
    ['an id that none of its messages has', { id: `${ID} or 1`, status: 'delivered' }],
    ['an id without an end', { id: 'a'.repeat(81), status: 'delivered' }],
  ])('is not read with %s', async (_, query) => {
    expect(await readQuery(query)).toEqual({ kind: 'UNREADABLE' });
  });
});

describe('threat: somebody else reports for MessageBird', () => {
  const url = `${PAGE}?id=${ID}&status=delivered`;

  it('its own examples are told apart as it tells them apart', async () => {
    expect(vectors.length).toBeGreaterThan(30);
    for (const { name, secret = '', url, payload = '', timestamp, token, valid } of vectors) {
      const request = { url, header: () => token, body: Buffer.from(payload) };
      const { kind } = await messageBirdReports(secret)(request, Date.parse(timestamp));
      expect([name, kind !== 'FORGED']).toEqual([name, valid]);
    }
  });

  it.each<[string, ReportRequest]>([
    ['no signature', { ...signed(url), header: () => undefined }],
    ['another key', signed(url, {}, 'another-key')],
    ['another address', { ...signed(url), url: url.replace('delivered', 'expired') }],
    ['another host', { ...signed(url), url: url.replace('dash', 'evil') }],
    ['a body that was not signed', { ...signed(url), body: Buffer.from('{}') }],
    ['no end', signed(url, { exp: undefined })],
    ['another issuer', signed(url, { iss: 'Somebody' })],
    ['no hash of the address', signed(url, { url_hash: undefined })],
  ])('is refused: %s', async (_, request) => {
    expect(await read(request)).toEqual({ kind: 'FORGED' });
  });

  it('is refused a while after it ran out, and before it begins', async () => {
    expect(await read(signed(url), NOW + 64_000)).toMatchObject({ kind: 'REPORT' });
    expect(await read(signed(url), NOW + 66_000)).toEqual({ kind: 'FORGED' });
    expect(await read(signed(url), NOW - 6_000)).toEqual({ kind: 'FORGED' });
  });
});
