import { describe, expect, it } from 'vitest';
import type { SentText } from '../../delivery/sent-text.js';
import type { OpenHarness } from '../store-contract.js';
import { newId, NOW, useHarness } from './fixtures.js';

export function describeSentTextStore(open: OpenHarness): void {
  describe('sent texts', () => {
    const harness = useHarness(open);
    const lock = (receipt: Pick<SentText, 'carrier' | 'messageId'>) =>
      harness.transaction(() => harness.stores.sentTexts.lock(receipt));

    async function remembered(given: Partial<SentText> = {}): Promise<SentText> {
      const ids = { messageId: newId(), userId: newId(), organizationId: newId() };
      const times = { sentAt: NOW, expiresAt: NOW + 1_000 };
      const text = { carrier: 'loft', method: 'PIGEON', ...ids, ...times, ...given };
      await harness.stores.sentTexts.remember(text);
      return text;
    }

    it('is remembered as it was sent, with no outcome, and with the last one set', async () => {
      const text = await remembered();
      expect(await lock(text)).toEqual({ ...text, outcome: null });
      await harness.stores.sentTexts.setOutcome(text, 'EXPIRED');
      await harness.stores.sentTexts.setOutcome(text, 'DONE');
      expect(await lock(text)).toEqual({ ...text, outcome: 'DONE' });
    });

    it('is known by carrier and id together, case counted', async () => {
      const text = await remembered({ messageId: `${newId()}a` });
      expect(await lock({ ...text, carrier: 'tower' })).toBeNull();
      expect(await lock({ ...text, messageId: text.messageId.replace('a', 'A') })).toBeNull();
      expect(await lock({ ...text, messageId: newId() })).toBeNull();
    });

    it('refuses to lock outside of a transaction', async () => {
      await expect(harness.stores.sentTexts.lock(await remembered())).rejects.toThrow(/transaction/);
    });

    it('50 reports at once of one text: one of them finds it without an outcome', async () => {
      const text = await remembered();
      const found = await Promise.all(
        Array.from({ length: 50 }, () =>
          harness.transaction(async () => {
            const before = await harness.stores.sentTexts.lock(text);
            if (before?.outcome === null) await harness.stores.sentTexts.setOutcome(text, 'DONE');
            return before?.outcome;
          }),
        ),
      );
      expect(found.filter((outcome) => outcome === null)).toHaveLength(1);
    });
  });
}
