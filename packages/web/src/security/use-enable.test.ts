import { describe, expect, it } from 'vitest';
import { clientKey, createClient } from '../graphql/client.js';
import { createFakeApi, problemOf, viewerOf } from '../testing/fake-api.js';
import { provided, runInApp } from '../testing/run-in-app.js';
import { useEnable } from './use-enable.js';

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const appSetup = (setupId = 'app') => ({
  startTwoFactor: {
    __typename: 'AuthenticatorSetup',
    setupId,
    manualKey: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    otpauthUri: 'otpauth://totp/Twofold:mia',
    qrCodeSvg: '<svg/>',
    expiresAt: later(15),
  },
});
const phoneSetup = {
  startTwoFactor: {
    __typename: 'PhoneSetup',
    setupId: 'phone',
    expiresAt: later(15),
    delivery: {
      __typename: 'CodeDelivery',
      slot: 'PRIMARY',
      maskedNumber: '•••• 42',
      expiresAt: later(10),
      resendAt: later(0.5),
    },
  },
};
const enabled = (recoveryCode: string | null) => ({
  enableTwoFactor: {
    __typename: 'TwoFactorEnabled',
    viewer: viewerOf({ twoFactorEnabled: true }),
    recoveryCode,
  },
});

function setUp(changeTo: 'SMS' | 'TOTP' | null = null) {
  const api = createFakeApi();
  const client = createClient({ uri: 'http://test/graphql', onSessionOver: () => {}, fetcher: api.fetcher });
  const { result } = runInApp(() => useEnable(changeTo), provided(clientKey, client));
  return { api, flow: result };
}

describe('setting two-factor up', () => {
  it('S17: asks for a secret as soon as the app is chosen', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: appSetup() });
    await flow.choose('TOTP');
    expect(flow.step.value).toBe('prove');
    expect(flow.scanSetup.value?.manualKey).toBe('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
    expect(api.calls[0]?.variables).toEqual({ input: { method: 'TOTP' } });
  });

  it('S15: sends no text before a phone number was entered and Send Code pressed', async () => {
    const { api, flow } = setUp();
    await flow.choose('SMS');
    expect(flow.step.value).toBe('prove');
    expect(api.calls).toEqual([]);
    api.answer('StartTwoFactor', { data: phoneSetup });
    flow.number.value = ' 0151 23456789 ';
    flow.country.value = 'DE';
    await flow.start();
    expect(flow.phoneSetup.value?.delivery.maskedNumber).toBe('•••• 42');
    expect(api.calls[0]?.variables).toEqual({
      input: { method: 'SMS', phoneNumber: '0151 23456789', defaultCountry: 'DE' },
    });
  });

  it('S16: stays at the code where it is wrong', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: appSetup() });
    api.answer('EnableTwoFactor', { data: { enableTwoFactor: problemOf('INVALID_CODE') } });
    await flow.choose('TOTP');
    await flow.enable('000000');
    expect(flow.step.value).toBe('prove');
    expect(flow.problem.value?.code).toBe('INVALID_CODE');
    expect(flow.scanSetup.value).not.toBeNull();
  });

  it('S42: goes from the code over the recovery code to the end, in three steps with the app', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: appSetup() });
    api.answer('EnableTwoFactor', { data: enabled('AAAAA-BBBBB') });
    await flow.choose('TOTP');
    expect(flow.steps.value).toHaveLength(3);
    await flow.enable('123456');
    expect(flow.step.value).toBe('recovery');
    expect(flow.recoveryCode.value).toBe('AAAAA-BBBBB');
    flow.afterRecovery();
    expect(flow.step.value).toBe('done');
    expect(flow.recoveryCode.value).toBe('');
  });

  it('S36: offers a backup phone as the fourth step after text messages', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: phoneSetup });
    api.answer('EnableTwoFactor', { data: enabled('AAAAA-BBBBB') });
    await flow.choose('SMS');
    await flow.start();
    await flow.enable('123456');
    flow.afterRecovery();
    expect(flow.steps.value).toHaveLength(4);
    expect(flow.step.value).toBe('backup');
  });

  it('asks for the password where the sign-in was long ago, and goes on with the same choice', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: { startTwoFactor: problemOf('REAUTHENTICATION_REQUIRED') } });
    await flow.choose('TOTP');
    expect(flow.passwordNeeded.value).toBe(true);
    expect(flow.step.value).toBe('choose');
    api.answer('StartTwoFactor', { data: appSetup() });
    await flow.start();
    expect(flow.scanSetup.value?.setupId).toBe('app');
    expect(flow.step.value).toBe('prove');
  });

  it('stays at the choice where the organisation does not allow the method', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: { startTwoFactor: problemOf('METHOD_NOT_ALLOWED') } });
    await flow.choose('TOTP');
    expect(flow.step.value).toBe('choose');
    expect(flow.problem.value?.code).toBe('METHOD_NOT_ALLOWED');
  });

  it('keeps what was typed when a person goes back, and does not start the same method twice', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: appSetup() });
    await flow.choose('TOTP');
    flow.back();
    await flow.choose('TOTP');
    expect(api.calls).toHaveLength(1);
    flow.back();
    await flow.choose('SMS');
    flow.number.value = '0151 23456789';
    flow.back();
    await flow.choose('SMS');
    expect(flow.number.value).toBe('0151 23456789');
  });

  it('shows a new secret where the other method was started in between: the later start replaced the earlier', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: appSetup('first') });
    await flow.choose('TOTP');
    flow.back();
    await flow.choose('SMS');
    api.answer('StartTwoFactor', { data: appSetup('second') });
    flow.back();
    await flow.choose('TOTP');
    expect(flow.scanSetup.value?.setupId).toBe('second');
  });

  it('drops a set-up that has run out, so that it can be started again', async () => {
    const { api, flow } = setUp();
    api.answer('StartTwoFactor', { data: appSetup() });
    api.answer('EnableTwoFactor', { data: { enableTwoFactor: problemOf('SETUP_EXPIRED') } });
    await flow.choose('TOTP');
    await flow.enable('123456');
    expect(flow.scanSetup.value).toBeNull();
    expect(flow.problem.value?.code).toBe('SETUP_EXPIRED');
  });

  it('S26: changes the method without a choice and keeps the recovery code', async () => {
    const { api, flow } = setUp('TOTP');
    expect(flow.step.value).toBe('prove');
    api.answer('StartTwoFactor', { data: appSetup() });
    api.answer('EnableTwoFactor', { data: enabled(null) });
    await flow.start();
    await flow.enable('123456');
    expect(flow.step.value).toBe('done');
  });
});
