import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../ports.js';
import { fakeDigest } from '../testing/fake-digest.js';
import { fakeFactors } from '../testing/fake-factors.js';
import { fakeRandom } from '../testing/fake-random.js';
import { fixedClock } from '../testing/fixed-clock.js';
import { memoryStores } from '../testing/memory-stores.js';
import type { User } from '../users/user.js';
import { prepareCode } from './prepare-code.js';

describe('threat: texts that are spread so that no smaller budget notices', () => {
  it.each([
    ['an organisation', 'texts:organization:org', 2_000],
    ['all organisations', 'texts:all', 20_000],
  ])('to %s: the last one of a day goes out, and no further one', async (_, key, most) => {
    const clock = fixedClock();
    const { stores, transaction } = memoryStores();
    const deps = { ...stores, transaction, digest: fakeDigest(), random: fakeRandom() };
    /** Each to another person in another country. */
    const ask = (n: number) =>
      transaction(async () => {
        const user = { id: `user ${String(n)}`, organization: { id: 'org', name: 'Org' } } as User;
        const factor = fakeFactors().of('PIGEON');
        if (factor.shape !== 'deliver') throw new Error('It carries nothing.');
        const to = { user, factor, address: `loft ${String(n)} x`, slot: 'PRIMARY' as const };
        const bounds = {
          boundTo: `set-up ${String(n)}`,
          within: `session ${String(n)}`,
          notAfter: clock.now() + HOUR,
        };
        const prepared = await prepareCode(deps, { purpose: 'SET_UP', ...to, ...bounds }, clock.now());
        return prepared.ok ? 'sent' : prepared.problem.code;
      });

    await transaction(() => stores.limits.save(key, [[clock.now(), most - 1]], clock.now() + 2 * DAY));
    expect(await ask(1)).toBe('sent');
    expect(await ask(2)).toBe('TEXT_LIMIT_REACHED');
    clock.advance(DAY + HOUR);
    expect(await ask(3)).toBe('sent');
  });
});
