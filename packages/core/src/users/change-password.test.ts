import { describe, expect, it } from 'vitest';
import { fakeService, PASSWORD } from '../testing/fake-service.js';

/** Not in the way: a password of the right length is strong enough for the fake. */
async function change(newPassword: string): Promise<string> {
  const service = fakeService();
  const live = await service.sessionOf(await service.addUser('mia'));
  const changed = await service.changePassword(live, { currentPassword: PASSWORD, newPassword });
  return changed.ok ? 'changed' : `${changed.problem.code} ${changed.problem.field ?? ''}`;
}

describe('the length of a new password', () => {
  it.each([
    ['12 characters', 'x'.repeat(12)],
    ['1,024 characters', 'x'.repeat(1_024)],
    ['12 that are several units each', '🔑'.repeat(12)],
    ['12 once ligatures are taken apart', 'ﬀ'.repeat(6)],
  ])('%s are taken', async (_, password) => {
    expect(await change(password)).toBe('changed');
  });

  it.each([
    ['11 characters', 'x'.repeat(11)],
    ['1,025 characters', 'x'.repeat(1_025)],
    ['6 that are two units each', '🔑'.repeat(6)],
    ['12 that are put together to 6', 'é'.normalize('NFD').repeat(6)],
    ['none', ''],
  ])('%s are refused', async (_, password) => {
    expect(await change(password)).toBe('PASSWORD_TOO_WEAK newPassword');
  });
});
