import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import { createClient } from './graphql/client.js';
import { createAppRouter } from './router.js';
import { createSession } from './session/use-session.js';
import { createChallengeState } from './sign-in/use-sign-in.js';
import type { Challenge } from './sign-in/challenge-memory.js';
import { createFakeApi, sessionOf, viewerOf, type Answer } from './testing/fake-api.js';

const signedIn: Answer = { data: { viewer: viewerOf(), session: sessionOf() } };
const signedOut: Answer = { data: { viewer: null, session: null } };
const setupOnly: Answer = {
  data: { viewer: viewerOf(), session: sessionOf({ scope: 'TWO_FACTOR_SETUP_ONLY' }) },
};

async function visit(path: string, viewer: Answer, challenge: Challenge | null = null) {
  const api = createFakeApi();
  api.answer('Viewer', viewer);
  const client = createClient({ uri: 'http://test/graphql', onSessionOver: () => {}, fetcher: api.fetcher });
  const state = createChallengeState();
  state.set(challenge);
  const { router, bootFailure } = createAppRouter(createMemoryHistory(), createSession(client), state);
  await router.push(path);
  return { router, bootFailure, api, at: router.currentRoute.value.fullPath };
}
const waiting = { challengeToken: 'token', expiresAt: '2999-01-01T00:00:00.000Z' } as Challenge;

beforeEach(() => sessionStorage.clear());

describe('the guards', () => {
  it('send a signed-out visitor to sign in, and remember the page', async () => {
    const { router } = await visit('/account/users?search=mia', signedOut);
    expect(router.currentRoute.value.name).toBe('sign-in');
    expect(router.currentRoute.value.query['next']).toBe('/account/users?search=mia');
  });

  it('do not make a detour of the home page', async () => {
    expect((await visit('/', signedOut)).at).toBe('/sign-in');
  });

  it('let nobody at the second step without a challenge', async () => {
    expect((await visit('/sign-in/verify', signedOut)).at).toBe('/sign-in');
    expect((await visit('/sign-in/recovery', signedOut)).at).toBe('/sign-in');
    expect((await visit('/sign-in/verify', signedOut, waiting)).at).toBe('/sign-in/verify');
  });

  it('take a signed-in visitor past the sign-in', async () => {
    expect((await visit('/sign-in', signedIn)).at).toBe('/');
  });

  it('S4: open My Account on General, and a user on the profile', async () => {
    expect((await visit('/account', signedIn)).at).toBe('/account/general');
    expect((await visit('/users/adam', signedIn)).at).toBe('/users/adam/profile');
  });

  it.each([
    '/',
    '/account/users',
    '/account/activity',
    '/users/mia/profile',
    '/users/adam/security',
    '/sign-in',
    '/nowhere',
  ])('S45: lead from %s to the own Security tab where only setting up is allowed', async (path) => {
    expect((await visit(path, setupOnly)).at).toBe('/users/mia/security');
  });

  it('know no page at an unknown address', async () => {
    expect((await visit('/what/is/this', signedIn)).router.currentRoute.value.name).toBe('not-found');
  });

  it('say why nothing shows where the API cannot be reached, and try again', async () => {
    const { router, bootFailure, api } = await visit('/account/general', 'unreachable');
    expect(bootFailure.value).toEqual({ kind: 'network' });
    api.answer('Viewer', signedIn);
    await router.push('/account/general');
    expect(bootFailure.value).toBeNull();
    expect(router.currentRoute.value.name).toBe('account-general');
  });

  it('ask who is signed in once, not at every page', async () => {
    const { router, api } = await visit('/', signedIn);
    await router.push('/account/general');
    await router.push('/');
    expect(api.calls).toHaveLength(1);
  });
});
