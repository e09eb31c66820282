import type { Page } from '@playwright/test';
import { PASSWORD, PHONE } from '../src/api.js';
import { Authenticator } from '../src/authenticator.js';
import { pressAt, tabTo, typeAt } from '../src/keyboard.js';
import { scan } from '../src/qr-code.js';
import {
  codeField,
  disableButton,
  enableButton,
  expectCodeSent,
  expectHome,
  openOwnSecurity,
  qrCode,
  readRecoveryCode,
  signIn,
  signInHome,
  userIcon,
  viewLink,
} from '../src/steps.js';
import { expect, test, type Twofold } from '../src/test.js';

const MIA = 'mia@demo.example';

/** As the article goes, without a pointer: sign in, My Account, the own profile, Security, Enable. */
async function enableByKeyboard(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await typeAt(page, page.getByLabel('Email'), MIA);
  await typeAt(page, page.getByLabel('Password', { exact: true }), PASSWORD);
  await page.keyboard.press('Enter');
  await expectHome(page);
  await pressAt(page, userIcon(page));
  await pressAt(page, page.getByRole('banner').getByRole('link', { name: 'My Account' }));
  // A new page has the focus on its heading: Tab goes on from there.
  await expect(page.getByRole('heading', { level: 1, name: 'My Account' })).toBeFocused();
  await pressAt(page, page.getByRole('link', { name: 'Users', exact: true }));
  await typeAt(page, page.getByRole('searchbox'), 'mia');
  await expect(page.getByText('1–1 of 1')).toBeVisible();
  await pressAt(page, page.getByRole('link', { name: 'Mia Lindqvist' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Mia Lindqvist' })).toBeFocused();
  await pressAt(page, page.getByRole('link', { name: 'Security', exact: true }));
  await pressAt(page, enableButton(page));
}

async function saveRecoveryCode(page: Page): Promise<void> {
  await readRecoveryCode(page);
  await expect(page.getByRole('heading', { name: 'Save your recovery code' })).toBeFocused();
  await pressAt(page, page.getByLabel("I've saved my recovery code"), 'Space');
  await pressAt(page, page.getByRole('button', { name: 'Finish' }));
}

test('two-factor is enabled by app with the keyboard alone', async ({ page }) => {
  await enableByKeyboard(page);
  await pressAt(page, page.getByRole('button', { name: 'Use a mobile app' }), 'Space');
  await expect(qrCode(page)).toBeVisible();
  const app = new Authenticator(new URL(await scan(qrCode(page))).searchParams.get('secret')!);
  await pressAt(page, page.getByText("Can't scan? Enter this code manually"));
  await expect(page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)).toBeVisible();
  await typeAt(page, codeField(page), await app.code());
  await saveRecoveryCode(page);
  await expect(page.getByText('On · Mobile app')).toBeVisible();
});

test('two-factor is enabled by text with the keyboard alone', async ({ page, twofold }) => {
  await enableByKeyboard(page);
  await pressAt(page, page.getByRole('button', { name: 'Use text messages' }));
  await tabTo(page, page.getByLabel('Country'));
  const country = page.getByLabel('Country');
  await expect(country).toHaveValue('GB');
  await expect(country.getByRole('option', { name: /^Germany/ })).toBeAttached();
  // Typed letters and the arrow keys choose from the list.
  await page.keyboard.type('Germa');
  await expect(country).toHaveValue('DE');
  await page.keyboard.press('ArrowDown');
  await expect(country).not.toHaveValue('DE');
  await page.keyboard.press('ArrowUp');
  await expect(country).toHaveValue('DE');

  await typeAt(page, page.getByLabel('Phone number'), '01512 3456789');
  await pressAt(page, page.getByRole('button', { name: 'Send Code' }));
  await expectCodeSent(page, PHONE);
  await typeAt(page, codeField(page), await twofold.inbox.newestCode(PHONE));
  await saveRecoveryCode(page);
  await expect(page.getByRole('heading', { name: 'Add a backup phone' })).toBeFocused();
  await pressAt(page, page.getByRole('button', { name: 'Skip for now' }));
  await expect(page.getByText('On · Text messages')).toBeVisible();
});

test('the second step is taken with the keyboard alone', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE);
  await page.goto('/sign-in');
  await typeAt(page, page.getByLabel('Email'), MIA);
  await typeAt(page, page.getByLabel('Password', { exact: true }), PASSWORD);
  await pressAt(page, page.getByRole('button', { name: 'Sign in' }), 'Space');
  await expectCodeSent(page, PHONE);
  await typeAt(page, codeField(page), await twofold.inbox.newestCode(PHONE));
  await expectHome(page);
});

async function openSecurityWithTwoFactor(page: Page, twofold: Twofold): Promise<void> {
  const { app } = await twofold.api().enableApp(MIA);
  await signIn(page, MIA);
  await codeField(page).fill(await app.code());
  await expectHome(page);
  await openOwnSecurity(page);
}

for (const { name, opener } of [
  { name: 'Click to View', opener: viewLink },
  { name: 'Disable Two-Factor Authentication', opener: disableButton },
]) {
  test(`the dialog of "${name}" keeps the focus, and Esc gives it back`, async ({ page, twofold }) => {
    await openSecurityWithTwoFactor(page, twofold);
    await pressAt(page, opener(page));
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    const focusIsInside = () => dialog.evaluate((element) => element.contains(document.activeElement));
    await expect.poll(focusIsInside).toBe(true);
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let n = 0; n < 7; n++) {
        await page.keyboard.press(key);
        expect(await focusIsInside()).toBe(true);
      }
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(opener(page)).toBeFocused();
  });
}

test('the skip link is the first stop, and leads past the header', async ({ page }) => {
  await signInHome(page, MIA);
  await page.goto('/account/users');
  await expect(page.getByRole('table')).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'General', exact: true })).toBeFocused();
});

test('Esc closes the user menu and gives the focus back to the icon', async ({ page }) => {
  await signInHome(page, MIA);
  await pressAt(page, userIcon(page));
  await tabTo(page, page.getByRole('button', { name: 'Sign out' }));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeHidden();
  await expect(userIcon(page)).toBeFocused();
});
