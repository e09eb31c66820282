import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../ports.js';
import { sundialCode } from '../testing/fake-factors.js';
import type { FakeService } from '../testing/fake-service.js';
import { fakeService, valueOf } from '../testing/fake-service.js';

/** Two factors that the product does not have: nothing but their own folder may be needed for a new one. */
describe('switching on a factor of either shape', () => {
  let service: FakeService;
  let email: string;
  beforeEach(async () => {
    service = fakeService();
    email = await service.addUser('mia');
  });
  const start = async (method: string, phoneNumber: string | null = null) =>
    service.startTwoFactor(await service.sessionOf(email), { method, phoneNumber, defaultCountry: null });

  it('S20: one that the user’s device makes codes for', async () => {
    const live = await service.sessionOf(email);
    const started = valueOf(
      await service.startTwoFactor(live, { method: 'SUNDIAL', phoneNumber: null, defaultCountry: null }),
    );
    expect(started).toMatchObject({ outcome: 'SCAN', manualKey: 'DIAL' });
    const code = sundialCode(service.clock.now());
    const enabled = valueOf(await service.enableTwoFactor(live, { code, setupId: started.setupId }));
    expect(enabled.viewer.twoFactorMethod).toBe('SUNDIAL');
    service.clock.advance(HOUR);
    const offer = valueOf(await service.arrive(email));
    if (offer.outcome !== 'CHALLENGE') throw new Error('no challenge');
    expect(offer).toMatchObject({ method: 'SUNDIAL', methods: ['SUNDIAL'], phones: [], delivery: null });
    const input = {
      challengeToken: offer.challengeToken,
      code: sundialCode(service.clock.now()),
      method: null,
    };
    expect((await service.verifyTwoFactorCode(input)).ok).toBe(true);
  });

  it('S14, S32: one that delivers codes to an address', async () => {
    const live = await service.sessionOf(email);
    const input = { method: 'PIGEON', phoneNumber: 'loft 7', defaultCountry: null };
    expect(valueOf(await service.startTwoFactor(live, input))).toMatchObject({
      delivery: { maskedNumber: '…7' },
    });
    const code = service.factors.sent.at(-1)?.code ?? '';
    expect((await service.enableTwoFactor(live, { code, setupId: null })).ok).toBe(true);
    const offer = valueOf(await service.arrive(email));
    expect(offer).toMatchObject({ method: 'PIGEON', delivery: { slot: 'PRIMARY', maskedNumber: '…7' } });
    expect(service.factors.sent.at(-1)?.to).toBe('loft 7');
  });

  it('S16: a set-up whose message could not be sent can be started again at once', async () => {
    service.factors.grounded = true;
    expect(await start('PIGEON', 'loft 7')).toMatchObject({ problem: { code: 'SMS_NOT_SENT' } });
    service.factors.grounded = false;
    expect((await start('PIGEON', 'loft 7')).ok).toBe(true);
  });

  it('S16: five wrong codes end a set-up; the fifth is still told that it was wrong', async () => {
    const live = await service.sessionOf(email);
    await service.startTwoFactor(live, { method: 'SUNDIAL', phoneNumber: null, defaultCountry: null });
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) {
      const result = await service.enableTwoFactor(live, { code: '999999', setupId: null });
      codes.push(result.ok ? 'ok' : result.problem.code);
    }
    expect(codes).toEqual([...Array<string>(5).fill('INVALID_CODE'), 'SETUP_EXPIRED']);
  });

  it('the first set-up takes a fresh sign-in; replacing one takes the password', async () => {
    const live = await service.sessionOf(email);
    service.clock.advance(10 * MINUTE);
    const input = { method: 'SUNDIAL', phoneNumber: null, defaultCountry: null };
    expect(await service.startTwoFactor(live, input)).toMatchObject({
      problem: { code: 'REAUTHENTICATION_REQUIRED' },
    });
    const fresh = await service.sessionOf(email);
    valueOf(await service.startTwoFactor(fresh, input));
    const { viewer } = valueOf(
      await service.enableTwoFactor(fresh, { code: sundialCode(service.clock.now()), setupId: null }),
    );
    expect(await service.startTwoFactor({ ...fresh, user: viewer }, input)).toMatchObject({
      problem: { code: 'REAUTHENTICATION_REQUIRED' },
    });
  });

  it('the owner is told that it is on, and later that it was changed', async () => {
    const live = await service.sessionOf(email);
    const input = { method: 'PIGEON', phoneNumber: 'loft 7', defaultCountry: null };
    await service.startTwoFactor(live, input);
    await service.enableTwoFactor(live, { code: service.factors.sent.at(-1)?.code ?? '', setupId: null });
    const confirmed = { ...live.session, passwordConfirmedUntil: service.clock.now() + MINUTE };
    const other = { ...input, method: 'SUNDIAL' };
    await service.startTwoFactor({ ...live, session: confirmed }, other);
    const replaced = await service.enableTwoFactor(live, {
      code: sundialCode(service.clock.now()),
      setupId: null,
    });
    expect(valueOf(replaced).recoveryCode).toBeNull();
    expect(service.notifier.told.map(({ notice }) => notice)).toEqual([
      'TWO_FACTOR_ENABLED',
      'TWO_FACTOR_CHANGED',
    ]);
  });
});
