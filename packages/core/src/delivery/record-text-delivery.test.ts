import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../audit/audit-log.js';
import { HOUR, SECOND } from '../ports.js';
import type { FakeService } from '../testing/fake-service.js';
import { fakeService } from '../testing/fake-service.js';
import type { TextOutcome, TextReport } from './text-report.js';

describe('what a carrier reports of a text', () => {
  let service: FakeService;
  let email: string;
  beforeEach(async () => {
    service = fakeService();
    service.factors.reporting = true;
    email = await service.addUser('mia');
    const live = await service.sessionOf(email);
    const input = { method: 'PIGEON', phoneNumber: 'loft 7', defaultCountry: null };
    expect((await service.startTwoFactor(live, input)).ok).toBe(true);
  });

  const report = (outcome: TextOutcome | null, given: Partial<TextReport> = {}) =>
    service.recordTextDelivery({ carrier: 'loft', messageId: 'pigeon-1', outcome, at: null, ...given });

  /** Oldest first. */
  async function lines(): Promise<AuditEvent[]> {
    const { user } = await service.sessionOf(email);
    const all = { after: null, since: null, until: null, userId: null, succeeded: null, everybody: false };
    const page = await service.listAuditEvents(user, { ...all, first: 100, action: 'DELIVER_TEXT' });
    return [...page.events].reverse();
  }
  const outcomes = async () => (await lines()).map(({ outcome }) => outcome);

  it('is a line in the activity of who was texted', async () => {
    service.clock.advance(9 * SECOND);
    expect(await report('DONE')).toEqual({ kind: 'RECORDED', outcome: 'DONE', after: 9 * SECOND });
    const { user } = await service.sessionOf(email);
    expect(await lines()).toMatchObject([
      { action: 'DELIVER_TEXT', outcome: 'DONE', userId: user.id, method: 'PIGEON', sessionId: null },
    ]);
  });

  it.each<[TextOutcome[], TextOutcome[]]>([
    [['DONE', 'DONE'], ['DONE']],
    [['UNDELIVERED', 'UNDELIVERED'], ['UNDELIVERED']],
    [['DONE', 'UNDELIVERED'], ['DONE']],
    [['DONE', 'EXPIRED'], ['DONE']],
    [['UNDELIVERED', 'EXPIRED'], ['UNDELIVERED']],
    [['EXPIRED', 'UNDELIVERED'], ['EXPIRED']],
    [
      ['UNDELIVERED', 'DONE', 'UNDELIVERED'],
      ['UNDELIVERED', 'DONE'],
    ],
    [
      ['EXPIRED', 'DONE', 'DONE'],
      ['EXPIRED', 'DONE'],
    ],
  ])(
    'repeated and out of order, %j is told as %j: a phone that has the text keeps it',
    async (sent, told) => {
      for (const outcome of sent) await report(outcome);
      expect(await outcomes()).toEqual(told);
    },
  );

  it('fifty at once are one line', async () => {
    const ends = await Promise.all(Array.from({ length: 50 }, () => report('DONE')));
    expect(ends.filter(({ kind }) => kind === 'RECORDED')).toHaveLength(1);
    expect(await outcomes()).toEqual(['DONE']);
  });

  it('is nothing while the text is under way, and where this service sent none such', async () => {
    expect(await report(null)).toEqual({ kind: 'PENDING' });
    expect(await report('DONE', { messageId: 'pigeon-2' })).toEqual({ kind: 'UNKNOWN' });
    expect(await report('DONE', { carrier: 'tower' })).toEqual({ kind: 'UNKNOWN' });
    expect(await outcomes()).toEqual([]);
  });

  it('counts by the time of the carrier, where that can be true', async () => {
    const start = service.clock.now();
    service.clock.advance(HOUR);
    for (const [at, after] of [
      [start + 4 * SECOND, 4 * SECOND],
      [start - SECOND, 0],
      [start + 2 * HOUR, HOUR],
    ] as const) {
      const { messageId } = await another();
      expect(await report('DONE', { messageId, at })).toMatchObject({ after });
    }

    /** A text that was asked for at `start`. */
    async function another(): Promise<{ messageId: string }> {
      service.clock.set(start);
      const live = await service.sessionOf(email);
      const loft = `loft 8${String(service.factors.sent.length)}`;
      const input = { method: 'PIGEON', phoneNumber: loft, defaultCountry: null };
      expect((await service.startTwoFactor(live, input)).ok).toBe(true);
      service.clock.advance(HOUR);
      return { messageId: `pigeon-${String(service.factors.sent.length)}` };
    }
  });

  it('is awaited of no text whose carrier reports nothing', async () => {
    service.factors.reporting = false;
    const live = await service.sessionOf(email);
    const input = { method: 'PIGEON', phoneNumber: 'loft 9', defaultCountry: null };
    expect((await service.startTwoFactor(live, input)).ok).toBe(true);
    expect(await report('DONE', { messageId: 'pigeon-2' })).toEqual({ kind: 'UNKNOWN' });
  });
});
