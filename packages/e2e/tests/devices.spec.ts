import type { Browser, Page } from '@playwright/test';
import { PASSWORD, PHONE } from '../src/api.js';
import { expectAccessible } from '../src/axe.js';
import { codeField, expectHome, signIn, signInHome, submitPassword, userIcon } from '../src/steps.js';
import type { Twofold } from '../src/test.js';
import { expect, test } from '../src/test.js';

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

/** Another browser of somebody. */
async function elsewhere(browser: Browser, { url }: Twofold, email: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, userAgent: SAFARI, locale: 'en-GB' });
  const page = await context.newPage();
  await signInHome(page, email);
  return page;
}

async function openDevices(page: Page): Promise<void> {
  await page.goto('/account');
  await page.getByRole('link', { name: 'Open your profile' }).click();
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await userIcon(page).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
}

const sessions = (page: Page) =>
  page.getByRole('list', { name: 'Where you are signed in' }).getByRole('listitem');

test('the own sessions are listed, the one in hand is marked, and another is ended', async ({
  page,
  browser,
  twofold,
}) => {
  const phone = await elsewhere(browser, twofold, 'mia@demo.example');
  await signInHome(page, 'mia@demo.example');
  await openDevices(page);
  await expect(sessions(page)).toHaveCount(2);
  await expect(sessions(page).first()).toContainText('Chrome on Linux');
  await expect(sessions(page).first()).toContainText('This session');
  await expect(sessions(page).first()).toContainText('Active now · 127.0.0.1');
  await expect(sessions(page).last()).toContainText('Safari on iPhone');
  await expectAccessible(page, 'own devices');

  await page.getByRole('button', { name: /^End the session: Safari on iPhone/ }).click();
  await expect(page.getByText('The session has ended.')).toBeVisible();
  await expect(sessions(page)).toHaveCount(1);
  await expect(page.getByRole('list', { name: 'Where you are signed in' })).toBeFocused();
  await phone.reload();
  await expect(phone.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect
    .poll(() => twofold.inbox.newestMail('mia@demo.example'))
    .toMatch(/Where: Chrome on Linux, from 127\.0\.0\.1/);
});

test('everywhere else is signed out at once, and the session in hand by its own button', async ({
  page,
  browser,
  twofold,
}) => {
  const others = [await elsewhere(browser, twofold, 'noah@demo.example')];
  others.push(await elsewhere(browser, twofold, 'noah@demo.example'));
  await signInHome(page, 'noah@demo.example');
  await openDevices(page);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByText('2 other sessions were signed out.')).toBeVisible();
  await expect(sessions(page)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Sign out everywhere else' })).toHaveCount(0);
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a browser that is trusted is asked for no code, until it is removed', async ({ page, twofold }) => {
  await twofold.api().enableText('liam@demo.example');
  await signIn(page, 'liam@demo.example');
  await expect(page.getByLabel('Trust this browser for 30 days')).not.toBeChecked();
  await expectAccessible(page, 'the second step');
  await page.getByLabel('Trust this browser for 30 days').check();
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await expectHome(page);
  await signOut(page);
  await submitPassword(page, 'liam@demo.example');
  await expectHome(page);

  await openDevices(page);
  const trusted = page.getByRole('list', { name: 'Trusted browsers' }).getByRole('listitem');
  await expect(trusted).toHaveCount(1);
  await expect(trusted).toContainText('This browser');
  await expectAccessible(page, 'trusted browsers');
  await trusted.getByRole('button', { name: /^Remove/ }).click();
  await expect(page.getByText('That browser asks for a code again.')).toBeVisible();
  await expect(page.getByText(/^No browser is trusted/)).toBeVisible();
  await signOut(page);
  await submitPassword(page, 'liam@demo.example');
  await expect(codeField(page)).toBeVisible();
});

test('an administrator signs somebody out everywhere; a member sees no devices of a colleague', async ({
  page,
  browser,
  twofold,
}) => {
  const mia = await elsewhere(browser, twofold, 'mia@demo.example');
  await signInHome(page, 'adam@demo.example');
  await page.goto('/account/users?search=mia');
  await page.getByRole('link', { name: /^Mia/ }).click();
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await expect(page.getByText('Safari on iPhone')).toBeVisible();
  await expectAccessible(page, 'devices of somebody else');
  await page.getByRole('button', { name: /^Sign Mia .* out everywhere$/ }).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page, 'before signing somebody out');
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/^1 session of Mia .* was signed out\.$/)).toBeVisible();
  await expect(page.getByText(/is not signed in anywhere\.$/)).toBeVisible();
  await mia.reload();
  await expect(mia.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await submitPassword(mia, 'mia@demo.example');
  await expectHome(mia);
  await mia.goto('/account/users?search=noah');
  await mia.getByRole('link', { name: /^Noah/ }).click();
  await expect(mia.getByRole('link', { name: 'Security', exact: true })).toBeVisible();
  await expect(mia.getByRole('link', { name: 'Devices', exact: true })).toHaveCount(0);
  await mia.goto(`${mia.url().replace(/\/profile$/, '')}/devices`);
  await expect(mia.getByText(/^Only Noah .* and administrators can see this\.$/)).toBeVisible();
});

test('where the list cannot be read it says so, and is tried again', async ({ page }) => {
  await signInHome(page, 'emma@demo.example');
  let fails = true;
  await page.route('**/graphql', async (route) => {
    if (fails && route.request().postData()?.includes('query Sessions')) await route.abort();
    else await route.continue();
  });
  await openDevices(page);
  await expect(page.getByText("We couldn't reach the server.")).toBeVisible();
  fails = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(sessions(page)).toHaveCount(1);
});
