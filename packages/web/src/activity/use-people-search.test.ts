import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shallowRef } from 'vue';
import { clientKey, createClient } from '../graphql/client.js';
import { createFakeApi, viewerOf, type Answer } from '../testing/fake-api.js';
import { provided, runInApp } from '../testing/run-in-app.js';
import { usePeopleSearch, type FoundPerson } from './use-people-search.js';

const mia = viewerOf() as unknown as FoundPerson;
const pageInfo = {
  __typename: 'PageInfo',
  hasNextPage: false,
  hasPreviousPage: false,
  startCursor: null,
  endCursor: null,
};
const found = (nodes: readonly FoundPerson[], totalCount = nodes.length) => ({
  data: { users: { __typename: 'UserConnection', nodes, pageInfo, totalCount } },
});

function setUp(chosenId: string | null = null, user: Answer = { data: { user: null } }) {
  const api = createFakeApi();
  api.answer('Users', found([mia], 50));
  api.answer('User', user);
  const client = createClient({ uri: 'http://test/graphql', onSessionOver: () => {}, fetcher: api.fetcher });
  const id = shallowRef(chosenId);
  const { result } = runInApp(() => usePeopleSearch(() => id.value), provided(clientKey, client));
  return { api, id, ...result };
}

/** Lets the reader pause, and the API answer. */
async function wait(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await flushPromises();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the search for people', () => {
  it('asks for nobody before it is opened', async () => {
    const { api, open, people, more } = setUp();
    await wait(1_000);
    expect(api.calls).toEqual([]);
    open.value = true;
    await wait(0);
    expect(people.value).toMatchObject([{ id: 'mia', email: 'mia@demo.example' }]);
    expect(more.value).toBe(49);
  });

  it('asks once for a word, not for each of its letters', async () => {
    const { api, open, typed } = setUp();
    open.value = true;
    await wait(0);
    for (const text of ['m', 'mi', ' mia ']) {
      typed.value = text;
      await wait(100);
    }
    await wait(250);
    expect(api.calls.map(({ variables }) => variables['search'])).toEqual([null, 'mia']);
  });

  it('begins anew once it was left', async () => {
    const { api, open, typed } = setUp();
    open.value = true;
    typed.value = 'mia';
    await wait(250);
    open.value = false;
    typed.value = '';
    await wait(0);
    open.value = true;
    await wait(0);
    expect(api.calls.at(-1)?.variables['search']).toBeNull();
  });

  it('knows the one whom the address names by asking, and the one who was picked without', async () => {
    const { api, id, picked, chosen } = setUp('mia', { data: { user: mia } });
    expect(chosen.value).toBeUndefined();
    await wait(0);
    expect(chosen.value?.name).toBe('Mia Lindqvist');
    picked.value = { ...mia, id: 'ava', name: 'Ava Moretti' };
    id.value = 'ava';
    await wait(0);
    expect(chosen.value?.name).toBe('Ava Moretti');
    expect(api.calls.map(({ operation }) => operation)).toEqual(['User']);
    id.value = null;
    expect(chosen.value).toBeUndefined();
  });

  it('tells one who does not exist from one who is not known yet', async () => {
    const { chosen, asking } = setUp('nobody');
    expect(chosen.value).toBeUndefined();
    await wait(0);
    expect(chosen.value).toBeNull();
    const unreachable = setUp('nobody', 'unreachable');
    await wait(0);
    expect(unreachable.chosen.value).toBeUndefined();
    expect([asking.value, unreachable.asking.value]).toEqual([false, false]);
  });

  it('says so where the server cannot be reached', async () => {
    const { api, open, failure } = setUp();
    api.answer('Users', 'unreachable');
    open.value = true;
    await wait(0);
    expect(failure.value).toEqual({ kind: 'network' });
  });
});
