import type { Page } from '@playwright/test';
import { BACKUP_PHONE, PASSWORD, PHONE } from '../src/api.js';
import { Authenticator } from '../src/authenticator.js';
import { expectAccessible } from '../src/axe.js';
import { wrongCode } from '../src/inbox.js';
import { wrongRecoveryCode } from '../src/recovery-code.js';
import {
  codeField,
  disableButton,
  enableButton,
  expectCodeSent,
  expectHome,
  finishRecoveryCode,
  openAppSetup,
  openOwnSecurity,
  openSecurityOf,
  readManualKey,
  readRecoveryCode,
  signIn,
  signInHome,
  signInToSecurity,
  submitPassword,
  unlockSettings,
  userIcon,
  viewLink,
} from '../src/steps.js';
import { expect, readingTest, test } from '../src/test.js';

const MIA = 'mia@demo.example';

test('sign-in', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email')).toBeVisible();
  await expectAccessible(page, 'sign in');

  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'sign in, empty');

  for (let n = 0; n < 11; n++) {
    const answered = page.waitForResponse('**/graphql');
    await submitPassword(page, MIA, 'not the password at all');
    await answered;
    if (n === 0) {
      await expect(page.getByText('Email or password is incorrect.')).toBeVisible();
      await expect(page).toHaveTitle(/^Error: /);
      await expectAccessible(page, 'sign in, wrong');
    }
  }
  await expect(page.getByText(/^Too many attempts\. Try again in/)).toBeVisible();
  await expectAccessible(page, 'sign in, locked');
});

test('the second step by text', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE, BACKUP_PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  await expectAccessible(page, 'code by text');

  await codeField(page).fill(wrongCode(await twofold.inbox.newestCode(PHONE)));
  await expect(codeField(page)).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'code by text, wrong');
});

test('the second step by app, and the recovery code', async ({ page, twofold }) => {
  const { app, recoveryCode } = await twofold.api().enableApp(MIA);
  await signIn(page, MIA);
  await expect(codeField(page)).toBeVisible();
  await expectAccessible(page, 'code of the app');
  await codeField(page).fill(app.wrongCode());
  await expect(codeField(page)).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'code of the app, wrong');

  await page.getByRole('link', { name: 'Use recovery code' }).click();
  const field = page.getByLabel('Recovery code');
  await expect(field).toBeVisible();
  await expectAccessible(page, 'recovery code');
  await field.fill(wrongRecoveryCode(0));
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'recovery code, wrong');

  await field.fill(recoveryCode);
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(enableButton(page)).toBeVisible();
  await expectAccessible(page, 'security after the recovery code');
});

readingTest('home, My Account and a profile', async ({ page }) => {
  await signInHome(page, MIA);
  await expectAccessible(page, 'home, two-factor off');
  await userIcon(page).click();
  await expect(page.getByRole('banner').getByRole('link', { name: 'My Account' })).toBeVisible();
  await expectAccessible(page, 'user menu');
  await page.getByRole('banner').getByRole('link', { name: 'My Account' }).click();
  await expect(page.getByText('Member since')).toBeVisible();
  await expectAccessible(page, 'general');
  await page.getByRole('link', { name: 'Open your profile' }).click();
  await expect(page.getByText('Last sign-in')).toBeVisible();
  await expectAccessible(page, 'own profile');
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  await expectAccessible(page, 'not found');
  await page.goto('/users/nobody/profile');
  await expect(page.getByText("This user doesn't exist or you can't see them.")).toBeVisible();
  await expectAccessible(page, 'unknown user');
});

readingTest('the users page', async ({ page }) => {
  await signInHome(page, 'adam@demo.example');
  await page.goto('/account/users');
  await expect(page.getByText('1–25 of 50')).toBeVisible();
  await expectAccessible(page, 'users');
  await page.getByRole('searchbox').fill('no such person');
  await expect(page.getByText('No user matches.')).toBeVisible();
  await expectAccessible(page, 'users, no match');
  await page.route('**/graphql', (route) => route.abort());
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page, 'users, server away');
});

test('home with two-factor on', async ({ page, twofold }) => {
  const { app } = await twofold.api().enableApp(MIA);
  await signIn(page, MIA);
  await codeField(page).fill(await app.code());
  await expectHome(page);
  await expectAccessible(page, 'home, two-factor on');
});

readingTest('the Security tab with two-factor off, the own one and somebody else’s', async ({ page }) => {
  await signInToSecurity(page, MIA);
  await expectAccessible(page, 'security, off');
  await page.getByLabel('New password', { exact: true }).fill('violet tractor hums over granite');
  await expect(page.getByText('Strength:')).toBeVisible();
  await expectAccessible(page, 'security, strength of a password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByLabel('Current password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'security, empty');

  await openSecurityOf(page, 'Noah Bennett');
  await expectAccessible(page, 'security of another');
});

test('enabling by text', async ({ page, twofold }) => {
  await signInToSecurity(page, MIA);
  await enableButton(page).click();
  await expect(page.getByRole('button', { name: 'Use text messages' })).toBeVisible();
  await expectAccessible(page, 'choose');
  await page.getByRole('button', { name: 'Use text messages' }).click();
  await page.getByRole('button', { name: 'Send Code' }).click();
  await expect(page.getByLabel('Phone number')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'phone, empty');

  await page.getByLabel('Phone number').fill(PHONE);
  await page.getByRole('button', { name: 'Send Code' }).click();
  await expectCodeSent(page, PHONE);
  await expectAccessible(page, 'phone, code sent');
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await readRecoveryCode(page);
  await finishRecoveryCode(page);
  await expect(page.getByRole('heading', { name: 'Add a backup phone' })).toBeVisible();
  await expectAccessible(page, 'backup phone');
});

test('enabling by app', async ({ page }) => {
  await signInToSecurity(page, MIA);
  await openAppSetup(page);
  const app = new Authenticator(await readManualKey(page));
  await expectAccessible(page, 'QR code and manual key');
  await codeField(page).fill(app.wrongCode());
  await expect(codeField(page)).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page, 'app, wrong code');

  await codeField(page).fill(await app.code());
  await page.getByRole('button', { name: 'Verify' }).click();
  await readRecoveryCode(page);
  await expectAccessible(page, 'recovery code, shown');
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByText('Tick the box once you have saved the code.')).toBeVisible();
  await expectAccessible(page, 'recovery code, not ticked');
  await finishRecoveryCode(page);
  await expect(page.getByText('On · Mobile app')).toBeVisible();
  await expectAccessible(page, 'security with a toast');
});

test('the settings of a text user', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE, BACKUP_PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await expectHome(page);
  await openOwnSecurity(page);
  await expectAccessible(page, 'security, on and locked');

  await viewLink(page).click();
  await expectAccessible(page, 'password dialog');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill('not the password at all');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByText('That password is incorrect.')).toBeVisible();
  await expectAccessible(page, 'password dialog, wrong');
  await page.keyboard.press('Escape');

  await unlockSettings(page);
  await expectAccessible(page, 'settings');
  await page.getByRole('button', { name: 'Edit primary phone' }).click();
  await expect(page.getByLabel('Phone number')).toBeVisible();
  await expectAccessible(page, 'settings, a phone being edited');
});

test('the settings of an app user', async ({ page, twofold }) => {
  const { app } = await twofold.api().enableApp(MIA);
  await signIn(page, MIA);
  await codeField(page).fill(await app.code());
  await expectHome(page);
  await openOwnSecurity(page);
  await unlockSettings(page);
  await expectAccessible(page, 'settings of the app');
  await page.getByRole('button', { name: 'New recovery code' }).click();
  await expectAccessible(page, 'new recovery code');
  await page.getByRole('button', { name: 'Make a new code' }).click();
  await readRecoveryCode(page);
  await expectAccessible(page, 'new recovery code, shown');
  await finishRecoveryCode(page);
  await disableButton(page).click();
  await expectAccessible(page, 'disable dialog');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await expect(enableButton(page)).toBeVisible();
});

test('the page that cannot ask who is signed in', async ({ page }: { page: Page }) => {
  await page.route('**/graphql', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page, 'server away from the start');
});

test('the demo inbox', async ({ page, twofold }) => {
  await page.goto('/dev/inbox');
  await expect(page.getByText('Waiting for the first message…')).toBeVisible();
  await expectAccessible(page, 'inbox, empty');
  await twofold.api().enableText(MIA, PHONE);
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page, 'inbox');
});
