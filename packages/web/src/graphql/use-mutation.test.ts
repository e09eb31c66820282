import { SignOutDocument } from '@twofold/contract/graphql';
import { describe, expect, it, vi } from 'vitest';
import { createFakeApi, type Answer } from '../testing/fake-api.js';
import { provided, runInApp } from '../testing/run-in-app.js';
import { clientKey, createClient } from './client.js';
import { useMutation } from './use-mutation.js';

function setUp() {
  const api = createFakeApi();
  const onSessionOver = vi.fn();
  const client = createClient({ uri: 'http://test/graphql', onSessionOver, fetcher: api.fetcher });
  const { result } = runInApp(() => useMutation(SignOutDocument), provided(clientKey, client));
  return { api, mutation: result, onSessionOver };
}
const failing = (extensions: Record<string, unknown>): Answer => ({
  errors: [{ message: 'No.', extensions }],
});

describe('useMutation', () => {
  it('gives the answer', async () => {
    const { api, mutation } = setUp();
    api.answer('SignOut', { data: { signOut: true } });
    expect(await mutation.run({})).toEqual({ signOut: true });
    expect(mutation.failure.value).toBeNull();
  });

  it('sends nothing on a second click while the first is under way', async () => {
    const { api, mutation } = setUp();
    let release = (_answer: Answer): void => {};
    api.answer('SignOut', new Promise<Answer>((resolve) => (release = resolve)));
    const first = mutation.run({});
    expect(mutation.busy.value).toBe(true);
    expect(await mutation.run({})).toBeNull();
    release({ data: { signOut: true } });
    expect(await first).toEqual({ signOut: true });
    expect(api.calls).toHaveLength(1);
    expect(mutation.busy.value).toBe(false);
  });

  it.each([
    ['an API that cannot be reached', 'unreachable', { kind: 'network' }],
    [
      'a session that is over',
      failing({ code: 'UNAUTHENTICATED', requestId: 'r1' }),
      { kind: 'session-over' },
    ],
    ['what is not allowed', failing({ code: 'FORBIDDEN' }), { kind: 'forbidden' }],
    [
      'a limit',
      failing({ code: 'RATE_LIMITED', retryAt: '2026-01-01T12:00:00.000Z' }),
      { kind: 'limited', retryAt: '2026-01-01T12:00:00.000Z' },
    ],
    ['a busy service', failing({ code: 'SERVICE_UNAVAILABLE' }), { kind: 'busy' }],
    [
      'a bug, with its number',
      failing({ code: 'INTERNAL_SERVER_ERROR', requestId: 'r2' }),
      { kind: 'bug', requestId: 'r2' },
    ],
    ['an error without a code', { errors: [{ message: 'No.' }] }, { kind: 'bug', requestId: null }],
  ] as const)('sorts %s', async (_name, answer, failure) => {
    const { api, mutation } = setUp();
    api.answer('SignOut', answer);
    expect(await mutation.run({})).toBeNull();
    expect(mutation.failure.value).toEqual(failure);
    expect(mutation.busy.value).toBe(false);
  });

  it('forgets the failure of before when it is tried again', async () => {
    const { api, mutation } = setUp();
    api.answer('SignOut', 'unreachable');
    await mutation.run({});
    api.answer('SignOut', { data: { signOut: true } });
    await mutation.run({});
    expect(mutation.failure.value).toBeNull();
  });

  it('tells the app when the session is over, and only then', async () => {
    const { api, mutation, onSessionOver } = setUp();
    api.answer('SignOut', failing({ code: 'FORBIDDEN' }));
    await mutation.run({});
    expect(onSessionOver).not.toHaveBeenCalled();
    api.answer('SignOut', failing({ code: 'UNAUTHENTICATED' }));
    await mutation.run({});
    expect(onSessionOver).toHaveBeenCalledOnce();
  });
});
