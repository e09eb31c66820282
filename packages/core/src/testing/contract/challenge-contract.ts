import { describe, expect, it } from 'vitest';
import type { OpenHarness } from '../store-contract.js';
import {
  addChallenge,
  addProtectedUser,
  addUser,
  newHash,
  newId,
  NOW,
  useHarness,
  winners,
} from './fixtures.js';

export function describeChallengeStore(open: OpenHarness): void {
  describe('challenges', () => {
    const harness = useHarness(open);
    const find = (tokenHash: string, now = NOW) => harness.stores.challenges.findLive(tokenHash, now);

    it('finds a live one as it was stored, with its user', async () => {
      const { user } = await addProtectedUser(harness);
      const sentCode = { slot: 'BACKUP', codeDigest: 'digest', expiresAt: NOW + 500 } as const;
      const { challenge, tokenHash } = await addChallenge(harness, user.id, {
        transport: 'BEARER',
        browserId: newId(),
        sentCode,
      });
      const found = await find(tokenHash);
      expect(found?.challenge).toEqual(challenge);
      expect(found?.user).toEqual(await harness.stores.users.find(user.id, user.organizationId));
    });

    it('an old challenge: is gone when it has run out', async () => {
      const { tokenHash } = await addChallenge(harness, (await addUser(harness)).id);
      expect(await find(tokenHash, NOW + 999)).not.toBeNull();
      expect(await find(tokenHash, NOW + 1_000)).toBeNull();
      expect(await find(newHash())).toBeNull();
    });

    it('a disabled user: has no live challenge', async () => {
      const { tokenHash } = await addChallenge(harness, (await addUser(harness, { disabledAt: NOW })).id);
      expect(await find(tokenHash)).toBeNull();
    });

    it('S34: keeps the newest code alone', async () => {
      const { challenge, tokenHash } = await addChallenge(harness, (await addUser(harness)).id);
      const first = { slot: 'PRIMARY', codeDigest: 'first', expiresAt: NOW + 1 } as const;
      const second = { slot: 'BACKUP', codeDigest: 'second', expiresAt: NOW + 2 } as const;
      await harness.stores.challenges.setSentCode(challenge.id, first);
      await harness.stores.challenges.setSentCode(challenge.id, second);
      expect((await find(tokenHash))?.challenge.sentCode).toEqual(second);
    });

    it('S34: 50 uses at once have one winner', async () => {
      const { challenge, tokenHash } = await addChallenge(harness, (await addUser(harness)).id);
      expect(await winners(50, () => harness.stores.challenges.take(challenge.id))).toBe(1);
      expect(await find(tokenHash)).toBeNull();
    });

    it('S34: 50 uses at once have one winner, each in a transaction of its own', async () => {
      const { challenge } = await addChallenge(harness, (await addUser(harness)).id);
      const use = () => harness.transaction(() => harness.stores.challenges.take(challenge.id));
      expect(await winners(50, use)).toBe(1);
    });

    it('ends all of one user, and with the user', async () => {
      const user = await addUser(harness);
      const other = await addUser(harness);
      const mine = await addChallenge(harness, user.id);
      const theirs = await addChallenge(harness, other.id);
      await harness.stores.challenges.endAll(user.id);
      expect(await find(mine.tokenHash)).toBeNull();
      expect(await find(theirs.tokenHash)).not.toBeNull();
      await harness.deleteUser(other.id);
      expect(await find(theirs.tokenHash)).toBeNull();
    });
  });
}
