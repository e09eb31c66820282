import type { Page } from '@playwright/test';
import { signIn, enableButton, expectHome, openSecurityOf, signInHome, userIcon } from '../src/steps.js';
import { expect, readingTest as test } from '../src/test.js';

test('S1: without two-factor, email and password alone sign in', async ({ page, twofold }) => {
  await signIn(page, 'mia@demo.example');
  await expectHome(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Mia Lindqvist');
  expect(await twofold.inbox.texts()).toEqual([]);
});

test('S2: the home page shows My Account', async ({ page }) => {
  await signInHome(page, 'mia@demo.example');
  await page.getByRole('main').getByRole('link', { name: 'My Account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My Account' })).toBeVisible();
});

test('S3: the user icon in the upper right corner of every page leads to My Account', async ({ page }) => {
  await signInHome(page, 'mia@demo.example');
  await page.goto('/account/general');
  await page.getByRole('link', { name: 'Open your profile' }).click();
  await expect(page).toHaveURL(/\/users\/[^/]+\/profile$/);
  const own = new URL(page.url()).pathname.replace('/profile', '');

  for (const path of [
    '/',
    '/account/general',
    '/account/users',
    `${own}/profile`,
    `${own}/security`,
    '/no/such',
  ]) {
    await page.goto(path);
    await expectUpperRight(page);
    await userIcon(page).click();
    await page.getByRole('banner').getByRole('link', { name: 'My Account' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'My Account' })).toBeVisible();
  }
});

async function expectUpperRight(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const box = (await userIcon(page).boundingBox())!;
  const { width, height } = page.viewportSize()!;
  expect(box.x).toBeGreaterThan(width * 0.75);
  expect(box.x + box.width).toBeLessThanOrEqual(width);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y + box.height).toBeLessThan(height * 0.15);
}

test('S4: My Account opens on the General tab', async ({ page }) => {
  await signInHome(page, 'mia@demo.example');
  await page.getByRole('main').getByRole('link', { name: 'My Account' }).click();
  await expect(page.getByRole('link', { name: 'General', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page.getByRole('link', { name: 'Users', exact: true })).not.toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page.getByText('Demo Signage').last()).toBeVisible();
});

test('S5: the Users tab lists the users of the own organisation, and nobody of another', async ({ page }) => {
  await signInHome(page, 'adam@demo.example');
  await page.getByRole('main').getByRole('link', { name: 'My Account' }).click();
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await expect(page.getByText('1–25 of 50')).toBeVisible();

  const firstPage = await namesOnPage(page);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('26–50 of 50')).toBeVisible();
  await expect(page.getByRole('link', { name: firstPage[0]!, exact: true })).toHaveCount(0);
  const names = new Set([...firstPage, ...(await namesOnPage(page))]);
  expect(names.size).toBe(50);
  for (const name of ['Mia Lindqvist', 'Noah Bennett', 'Adam Reyes', 'Olivia Hart'])
    expect(names).toContain(name);
  expect(names).not.toContain('Zoe Castellan');
});

const namesOnPage = (page: Page): Promise<string[]> =>
  page.getByRole('table').getByRole('rowgroup').last().getByRole('link').allInnerTexts();

test('S6: one user is opened at a time: nothing to select several by', async ({ page }) => {
  await signInHome(page, 'olivia@demo.example');
  await page.goto('/account/users');
  const table = page.getByRole('table');
  await expect(table.getByRole('link').first()).toBeVisible();
  await expect(table.getByRole('checkbox')).toHaveCount(0);
  await expect(table.locator('[aria-selected], [aria-multiselectable]')).toHaveCount(0);
  await expect(table.getByRole('rowgroup').last().getByRole('button')).toHaveCount(0);
  await expect(enableButton(page)).toHaveCount(0);
});

test('S7: a click on a name opens the Profile page of that user', async ({ page }) => {
  await signInHome(page, 'mia@demo.example');
  await page.goto('/account/users');
  await page.getByRole('searchbox').fill('noah');
  await expect(page).toHaveURL(/search=/);
  await page.getByRole('link', { name: 'Noah Bennett' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Noah Bennett' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Profile', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page.getByRole('main')).toContainText('noah@demo.example');
});

test('S8: the Profile page has a Security tab', async ({ page }) => {
  await signInHome(page, 'mia@demo.example');
  await page.goto('/account/users');
  await page.getByRole('searchbox').fill('mia');
  await expect(page).toHaveURL(/search=/);
  await page.getByRole('link', { name: 'Mia Lindqvist' }).click();
  const tab = page.getByRole('link', { name: 'Security', exact: true });
  await tab.click();
  await expect(tab).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('heading', { level: 1, name: 'Mia Lindqvist' })).toBeVisible();
});

test('S10: on another user’s Security tab there is no change of password, not for an owner either', async ({
  page,
}) => {
  await signInHome(page, 'olivia@demo.example');
  await openSecurityOf(page, 'Mia Lindqvist');
  await expect(enableButton(page)).toBeVisible();
  await expect(page.getByText('Change password')).toHaveCount(0);
  await expect(page.locator('input[type=password]')).toHaveCount(0);
});

test('S11: on another user’s page the button shows, and a click does nothing', async ({ page }) => {
  await signInHome(page, 'adam@demo.example');
  await openSecurityOf(page, 'Mia Lindqvist');
  const button = enableButton(page);
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription('Only Mia Lindqvist can turn this on.');
  await expect(page.getByText('Only Mia Lindqvist can turn this on.')).toBeVisible();

  // A person's click: Playwright itself would wait for the button to become enabled.
  await button.click({ force: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Use text messages' })).toHaveCount(0);
  await expect(button).toBeVisible();
});

test('S31: view, edit and disable are not offered for another user’s account that has two-factor on', async ({
  page,
}) => {
  await signInHome(page, 'olivia@demo.example');
  // Seeded with two-factor on.
  await openSecurityOf(page, 'Alma Keller');
  await expect(page.getByText('On', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Click to View' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Disable Two-Factor Authentication' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /edit/i })).toHaveCount(0);
});

test('a name that is clicked before the search has begun is opened all the same', async ({ page }) => {
  await signInHome(page, 'mia@demo.example');
  await page.goto('/account/users');
  const name = page.getByRole('link', { name: 'Adam Reyes' });
  await expect(name).toBeVisible();
  // The profile's code arrives after the pause in typing that starts the search.
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.getByRole('searchbox').fill('ad');
  await name.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Adam Reyes' })).toBeVisible();
});
