import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientKey, createClient } from '../graphql/client.js';
import { createSession, sessionKey } from '../session/use-session.js';
import { createFakeApi, problemOf, sessionOf, viewerOf } from '../testing/fake-api.js';
import { provided, runInApp } from '../testing/run-in-app.js';
import { useSettings } from './use-settings.js';

const now = new Date('2026-01-01T12:00:00.000Z');
const settings = {
  __typename: 'TwoFactorSettings',
  method: 'SMS',
  enabledAt: now.toISOString(),
  lastUsedAt: null,
  primaryPhone: '+4915123456789',
  backupPhone: null,
  recoveryCodeCreatedAt: now.toISOString(),
};

beforeEach(() => vi.useFakeTimers({ now, toFake: ['setInterval', 'clearInterval', 'Date'] }));
afterEach(() => vi.useRealTimers());

async function setUp() {
  const api = createFakeApi();
  const client = createClient({ uri: 'http://test/graphql', onSessionOver: () => {}, fetcher: api.fetcher });
  const session = createSession(client);
  api.answer('Viewer', { data: { viewer: viewerOf(), session: sessionOf() } });
  await session.ready();
  const onLock = vi.fn();
  const { result } = runInApp(
    () => useSettings(onLock),
    provided(clientKey, client),
    provided(sessionKey, session),
  );
  return { api, client, session, onLock, view: result };
}

describe('the saved settings', () => {
  it('S22: need the password first', async () => {
    const { api, view } = await setUp();
    api.answer('TwoFactorSettings', { data: { twoFactorSettings: problemOf('REAUTHENTICATION_REQUIRED') } });
    expect(await view.load()).toBe(false);
    expect(view.settings.value).toBeNull();
  });

  it('S25: show after it, and lock themselves once it no longer counts', async () => {
    const { api, session, view, onLock } = await setUp();
    api.answer('TwoFactorSettings', { data: { twoFactorSettings: settings } });
    session.passwordConfirmed(new Date(now.getTime() + 600_000).toISOString());
    await vi.waitFor(() => expect(view.secondsLeft.value).toBe(600));
    expect(await view.load()).toBe(true);
    expect(view.settings.value?.primaryPhone).toBe('+4915123456789');
    vi.advanceTimersByTime(599_000);
    expect(view.settings.value).not.toBeNull();
    vi.advanceTimersByTime(1_500);
    expect(view.settings.value).toBeNull();
    expect(onLock).toHaveBeenCalledOnce();
  });

  it('S24: leave no phone number in the cache', async () => {
    const { api, client, view } = await setUp();
    api.answer('TwoFactorSettings', { data: { twoFactorSettings: settings } });
    await view.load();
    expect(JSON.stringify(client.cache.extract())).not.toContain('15123456789');
  });

  it('say what went wrong where they could not be fetched', async () => {
    const { api, view } = await setUp();
    api.answer('TwoFactorSettings', 'unreachable');
    expect(await view.load()).toBe(true);
    expect(view.failure.value).toEqual({ kind: 'network' });
    expect(view.settings.value).toBeNull();
  });
});
