import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2 AA holds the criteria of the versions and levels below it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

const widths = [1280, 320];
const schemes = ['light', 'dark'] as const;

/**
 * Holds the page, as it is just now, to WCAG 2.2 AA: wide and narrow, light and dark. At 320 px nothing may scroll sideways
 * (1.4.10, Reflow). Leaves the page wide and light.
 */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      // One run in the page itself: it has no frames, and a second page for the sum takes longer than the rules.
      const { violations } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode().analyze();
      const found = violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }));
      expect(found, `${state}, ${String(width)} px, ${colorScheme}`).toEqual([]);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${state}, ${String(width)} px: scrolls sideways by`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
}
