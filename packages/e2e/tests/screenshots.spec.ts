import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import {
  codeField,
  enableButton,
  openAppSetup,
  qrCode,
  signIn,
  signInHome,
  signInToSecurity,
} from '../src/steps.js';
import { expect, readingTest, test } from '../src/test.js';

const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const updating = process.env['UPDATE_SCREENSHOTS'] === '1';

/** Takes the picture that README shows. Without UPDATE_SCREENSHOTS=1 it is only looked at: no test changes the documents. */
async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const image = await page.screenshot(updating ? { path: `${folder}${name}.png` } : {});
  // One colour alone packs into three kilobytes; a screen of ours into ten times that.
  expect(image.byteLength).toBeGreaterThan(10_000);
}

readingTest('the Security tab with two-factor off', async ({ page }) => {
  await signInToSecurity(page, 'mia@demo.example');
  await expect(enableButton(page)).toBeVisible();
  await picture(page, 'security');
});

for (const colorScheme of ['light', 'dark'] as const) {
  readingTest(`the step with the QR code (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signInToSecurity(page, 'mia@demo.example');
    await openAppSetup(page);
    await expect(qrCode(page)).toHaveJSProperty('complete', true);
    await picture(page, colorScheme === 'light' ? 'qr-code' : 'qr-code-dark');
  });
}

test('the code at sign-in', async ({ page, twofold }) => {
  await twofold.api().enableText('mia@demo.example');
  await signIn(page, 'mia@demo.example');
  await expect(codeField(page)).toBeVisible();
  await picture(page, 'code');
});

readingTest('the users', async ({ page }) => {
  await signInHome(page, 'adam@demo.example');
  await page.goto('/account/users');
  await expect(page.getByText('1–25 of 50')).toBeVisible();
  await expect(page.getByText(/\d+ of 50 protected/)).toBeVisible();
  await picture(page, 'users');
});
