import { fixedClock } from '@twofold/core/testing/fixed-clock';
import { describe, expect, test } from 'vitest';
import { purgeExpired } from '../../src/store/purge-expired.js';
import { databases, seedOrganization, seedUser, storesOn } from './open-test-database.js';

describe.each(databases)('the purge on $name', ({ open }) => {
  test('deletes what has run out, more than a batch of it, and nothing else', async () => {
    const { database, remove } = await open();
    const now = fixedClock().now();
    const { limits, sessions, challenges, sentTexts } = storesOn(database);
    const { id: organizationId } = await seedOrganization(database);
    const { id: userId } = await seedUser(database, { organizationId });
    const dates = {
      device: null,
      address: null,
      signedInAt: 0,
      lastSeenAt: 0,
      passwordConfirmedUntil: null,
      phoneChangeFreeUntil: null,
    };
    for (const [id, idleExpiresAt, absoluteExpiresAt] of [
      ['live', now + 1, now + 1],
      ['idle', now, now + 1],
      ['old', now + 1, now],
    ] as const) {
      await sessions.create(
        { ...dates, id, userId, keepSignedIn: false, browserId: null, idleExpiresAt, absoluteExpiresAt },
        id,
      );
    }
    const challenge = {
      userId,
      transport: 'COOKIE',
      keepSignedIn: false,
      browserId: null,
      createdAt: 0,
      sentCode: null,
    } as const;
    await challenges.create({ ...challenge, id: 'dead', expiresAt: now }, 'dead');
    await challenges.create({ ...challenge, id: 'live', expiresAt: now + 1 }, 'live');
    await database.transaction(async () => {
      for (let i = 0; i < 1_100; i++) await limits.save(`dead-${i}`, 1, now);
      await limits.save('live', 1, now + 1);
    });

    const text = { carrier: 'bird', userId, organizationId, method: 'SMS', sentAt: 0 };
    await sentTexts.remember({ ...text, messageId: 'dead', expiresAt: now });
    await sentTexts.remember({ ...text, messageId: 'live', expiresAt: now + 1 });

    expect(await purgeExpired(database.sql, now)).toBe(2 + 1 + 1_100 + 1);

    expect(await sessions.findLive('live', now)).not.toBeNull();
    expect(await challenges.findLive('live', now)).not.toBeNull();
    expect(await limits.peek('live')).toBe(1);
    const left = (messageId: string) =>
      database.transaction(() => sentTexts.lock({ carrier: 'bird', messageId }));
    expect([await left('dead'), await left('live')]).toEqual([null, expect.objectContaining(text)]);
    expect(await purgeExpired(database.sql, now)).toBe(0);
    await remove();
  });
});
