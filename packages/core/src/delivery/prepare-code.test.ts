import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../ports.js';
import type { FakeService } from '../testing/fake-service.js';
import { fakeService } from '../testing/fake-service.js';

describe('threat: messages cost money', () => {
  let service: FakeService;
  beforeEach(() => {
    service = fakeService();
  });

  /** Starts a set-up in a new session and answers how it ended. */
  async function start(email: string, loft: string): Promise<string> {
    const live = await service.sessionOf(email);
    const input = { method: 'PIGEON', phoneNumber: loft, defaultCountry: null };
    const started = await service.startTwoFactor(live, input);
    return started.ok ? 'sent' : started.problem.code;
  }

  it('ten an hour to an account, whatever the address', async () => {
    const email = await service.addUser('mia');
    const outcomes: string[] = [];
    for (let i = 0; i < 11; i++) outcomes.push(await start(email, `loft ${String(i)} x${String(i)}`));
    expect(outcomes).toEqual([...Array<string>(10).fill('sent'), 'TEXT_LIMIT_REACHED']);
    service.clock.advance(HOUR);
    expect(await start(email, 'loft 1 x1')).toBe('sent');
  });

  it('five in ten minutes and twenty a day to an address, whoever asks', async () => {
    const outcomes: string[] = [];
    for (let i = 0; i < 30; i++) {
      outcomes.push(await start(await service.addUser(`user${String(i)}`), 'loft 7'));
      if (outcomes.at(-1) !== 'sent') service.clock.advance(10 * MINUTE);
    }
    expect(outcomes.slice(0, 6)).toEqual([...Array<string>(5).fill('sent'), 'TEXT_LIMIT_REACHED']);
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(20);
    service.clock.advance(DAY);
    expect(await start(await service.addUser('late'), 'loft 7')).toBe('sent');
  });

  it('500 a day to an area for an organisation, and other areas go on', async () => {
    for (let batch = 0; batch < 50; batch++) {
      // Two codes of ten come back, so that it is the budget that ends it.
      for (const reader of ['a', 'b']) {
        const live = await service.sessionOf(
          await service.addUser(`${reader}${String(batch)}`, { id: 'one' }),
        );
        const input = {
          method: 'PIGEON',
          phoneNumber: `loft 49 ${reader}${String(batch)}`,
          defaultCountry: null,
        };
        expect((await service.startTwoFactor(live, input)).ok).toBe(true);
        const code = service.factors.sent.at(-1)?.code ?? '';
        expect((await service.enableTwoFactor(live, { code, setupId: null })).ok).toBe(true);
      }
      const email = await service.addUser(`user${String(batch)}`, { id: 'one' });
      for (let i = 0; i < 8; i++)
        expect(await start(email, `loft 49 ${String(batch)}-${String(i)}`)).toBe('sent');
    }
    const email = await service.addUser('late', { id: 'one' });
    expect(await start(email, 'loft 49 late')).toBe('TEXT_LIMIT_REACHED');
    expect(await start(email, 'loft 1 late')).toBe('sent');
    expect(await start(await service.addUser('other'), 'loft 49 other')).toBe('sent');
  });

  it('an area from which no code comes back is closed for an hour, and other areas go on', async () => {
    const outcomes: string[] = [];
    for (let user = 0; user < 11; user++) {
      const email = await service.addUser(`user${String(user)}`, { id: 'one' });
      for (let i = 0; i < 10; i++) outcomes.push(await start(email, `loft 49 ${String(user)}-${String(i)}`));
    }
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(100);
    const email = await service.addUser('late', { id: 'one' });
    expect(await start(email, 'loft 49 late')).toBe('TEXT_LIMIT_REACHED');
    expect(await start(email, 'loft 1 late')).toBe('sent');
    service.clock.advance(HOUR);
    expect(await start(email, 'loft 49 late')).toBe('sent');
  });

  it('one in 30 s in the same set-up and address; another address goes out at once', async () => {
    const email = await service.addUser('mia');
    const live = await service.sessionOf(email);
    const ask = async (phoneNumber: string) => {
      const started = await service.startTwoFactor(live, {
        method: 'PIGEON',
        phoneNumber,
        defaultCountry: null,
      });
      return started.ok ? 'sent' : started.problem;
    };
    expect(await ask('loft 7')).toBe('sent');
    expect(await ask('loft 7')).toMatchObject({
      code: 'RESEND_TOO_SOON',
      retryAt: service.clock.now() + 30 * SECOND,
    });
    expect(await ask('loft 8')).toBe('sent');
    service.clock.advance(30 * SECOND);
    expect(await ask('loft 7')).toBe('sent');
  });
});
