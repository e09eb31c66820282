import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Authenticator } from '../src/authenticator.js';
import { scan } from '../src/qr-code.js';
import {
  codeField,
  finishRecoveryCode,
  openAppSetup,
  qrCode,
  readRecoveryCode,
  signInToSecurity,
  unlockSettings,
} from '../src/steps.js';
import { expect, test } from '../src/test.js';

async function enableByApp(page: Page): Promise<string> {
  await signInToSecurity(page, 'mia@demo.example');
  await openAppSetup(page);
  const app = new Authenticator(new URL(await scan(qrCode(page))).searchParams.get('secret')!);
  await codeField(page).fill(await app.code());
  return readRecoveryCode(page);
}

test('S42: the recovery code is copied, downloaded and printed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', 'yes');
  });
  const code = await enableByApp(page);

  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download .txt' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('twofold-recovery-code.txt');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain(code);
  expect(text).toContain('mia@demo.example');

  await page.getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
});

test('S42: on paper the code stands without the buttons', async ({ page }) => {
  const code = await enableByApp(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(code)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Finish' })).toBeHidden();
});

test('S42: Finish waits for the tick, and the code is never shown again', async ({ page }) => {
  const code = await enableByApp(page);
  await page.getByRole('button', { name: 'Finish' }).click();
  const tick = page.getByLabel("I've saved my recovery code");
  await expect(tick).toBeFocused();
  await expect(tick).toHaveAccessibleDescription('Tick the box once you have saved the code.');
  await expect(page.getByText(code)).toBeVisible();

  await finishRecoveryCode(page);
  await expect(page.getByText('On · Mobile app')).toBeVisible();
  await expect(page.getByText(code)).toHaveCount(0);
  await page.reload();
  await unlockSettings(page);
  expect(await page.content()).not.toContain(code);
});

test('S42: the browser asks before a page with an unsaved code is closed', async ({ page }) => {
  await enableByApp(page);
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
});

test('S42: a new recovery code is made behind the password, and the old one dies', async ({
  page,
  twofold,
}) => {
  const old = await enableByApp(page);
  await finishRecoveryCode(page);
  await unlockSettings(page);
  await page.getByRole('button', { name: 'New recovery code' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('The one you have now stops working at once.');
  await dialog.getByRole('button', { name: 'Make a new code' }).click();
  const fresh = await readRecoveryCode(page);
  expect(fresh).not.toBe(old);
  await finishRecoveryCode(page);
  await expect(dialog).toHaveCount(0);

  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill('mia@demo.example');
  await page.getByLabel('Password', { exact: true }).fill('correct-horse-battery-staple');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Use recovery code' }).click();
  await page.getByLabel('Recovery code').fill(old);
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(page.getByText('That recovery code is not right. Check it and try again.')).toBeVisible();
  await page.getByLabel('Recovery code').fill(fresh);
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(page).toHaveURL(/\/security$/);
  expect(await twofold.inbox.texts()).toEqual([]);
});
