import { EnableTwoFactorDocument } from '@twofold/contract/graphql';
import { describe, expect, it } from 'vitest';
import { createClient } from '../graphql/client.js';
import { createFakeApi, sessionOf, viewerOf } from '../testing/fake-api.js';
import { createSession } from './use-session.js';

function setUp() {
  const api = createFakeApi();
  const client = createClient({ uri: 'http://test/graphql', onSessionOver: () => {}, fetcher: api.fetcher });
  const session = createSession(client);
  api.answer('Viewer', { data: { viewer: viewerOf(), session: sessionOf() } });
  return { api, client, session };
}

describe('the session', () => {
  it('asks again after a question that had no answer', async () => {
    const { api, session } = setUp();
    api.answer('Viewer', 'unreachable');
    await expect(session.ready()).rejects.toThrow('Failed to fetch');
    api.answer('Viewer', { data: { viewer: viewerOf(), session: sessionOf() } });
    await session.ready();
    expect(session.viewer.value?.id).toBe('mia');
  });

  it('follows what a mutation answers about the viewer', async () => {
    const { api, client, session } = setUp();
    await session.ready();
    const viewer = viewerOf({ twoFactorEnabled: true, twoFactorMethod: 'TOTP' });
    api.answer('EnableTwoFactor', {
      data: { enableTwoFactor: { __typename: 'TwoFactorEnabled', viewer, recoveryCode: 'AAAAA-BBBBB' } },
    });
    await client.mutate({ mutation: EnableTwoFactorDocument, variables: { input: { code: '123456' } } });
    expect(session.viewer.value).toMatchObject({ twoFactorEnabled: true, twoFactorMethod: 'TOTP' });
    expect(JSON.stringify(client.cache.extract())).not.toContain('AAAAA-BBBBB');
  });

  it('knows until when the password counts as confirmed', async () => {
    const { session } = setUp();
    await session.ready();
    session.passwordConfirmed('2026-01-01T00:10:00.000Z');
    expect(session.session.value?.passwordConfirmedUntil).toBe('2026-01-01T00:10:00.000Z');
  });

  it('forgets the user and everything that was fetched on signing out', async () => {
    const { api, client, session } = setUp();
    await session.ready();
    api.answer('SignOut', { data: { signOut: true } });
    await session.signOut();
    expect(session.viewer.value).toBeNull();
    expect(session.leaving.value).toBe(true);
    expect(JSON.stringify(client.cache.extract())).not.toContain('mia');
  });

  it('stays signed in where signing out did not reach the API', async () => {
    const { api, session } = setUp();
    await session.ready();
    api.answer('SignOut', 'unreachable');
    await expect(session.signOut()).rejects.toThrow('Failed to fetch');
    expect(session.viewer.value?.id).toBe('mia');
  });
});
