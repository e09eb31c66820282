import type { Page } from '@playwright/test';
import {
  ConfirmPasswordDocument,
  UpdatePolicyDocument,
  type TwoFactorMethod,
} from '@twofold/contract/graphql';
import { expectAccessible } from '../src/axe.js';
import { PASSWORD, PHONE } from '../src/api.js';
import {
  codeField,
  enableButton,
  expectCodeSent,
  expectHome,
  openAppSetup,
  openOwnSecurity,
  readManualKey,
  signIn,
  signInHome,
} from '../src/steps.js';
import { Authenticator } from '../src/authenticator.js';
import { expect, test, type Twofold } from '../src/test.js';

const ADAM = 'adam@demo.example';
const MIA = 'mia@demo.example';
const OLIVIA = 'olivia@demo.example';

const section = (page: Page) =>
  page.getByRole('region').or(page.locator('section')).filter({ hasText: 'Two-factor policy' }).last();
const change = (page: Page) => page.getByRole('button', { name: 'Change the policy' });
const check = (page: Page) => page.getByRole('button', { name: 'Check what would happen' });
const save = (page: Page) => page.getByRole('button', { name: 'Save the policy' });

async function openPolicy(page: Page, email: string): Promise<void> {
  await signInHome(page, email);
  await page.goto('/account/general');
  await expect(page.getByRole('heading', { name: 'Two-factor policy' })).toBeVisible();
}

async function confirmPassword(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Continue' }).click();
}

/** The owner demands two-factor at once, by these methods. */
async function demand(twofold: Twofold, ...allowedMethods: TwoFactorMethod[]): Promise<void> {
  const owner = twofold.api();
  await owner.enableApp(OLIVIA);
  await owner.run(ConfirmPasswordDocument, { input: { password: PASSWORD } });
  const policy = { twoFactorRequired: true, requiredFrom: null, trustedBrowsersAllowed: false };
  const input = { ...policy, allowedMethods, version: 0 };
  const { updatePolicy } = await owner.run(UpdatePolicyDocument, { input });
  expect(updatePolicy.__typename).toBe('PolicyUpdated');
}

/** Days from now, as a date field has them. */
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('POLICY-19: a member reads the policy in words, and cannot change it', async ({ page }) => {
  await openPolicy(page, MIA);
  const words = section(page);
  await expect(words).toContainText('Optional');
  await expect(words).toContainText('Mobile app, Text messages');
  await expect(words).toContainText('Allowed');
  await expect(change(page)).toHaveCount(0);
});

test('POLICY-20: an administrator rehearses a deadline, saves it behind the password, and those concerned see it', async ({
  page,
  twofold,
  browser,
}) => {
  await openPolicy(page, ADAM);
  await change(page).click();
  await page.getByLabel('Required from a date').check();
  await page.getByLabel('Date', { exact: true }).fill(dayIn(30));
  await page.getByLabel('Text messages').uncheck();
  await expect(save(page)).toHaveCount(0);
  await check(page).click();
  const rehearsal = page.getByRole('status').filter({ hasText: 'would have to set it up' });
  await expect(rehearsal).toContainText(
    /On .* 23:59, \d+ of \d+ people would have to set it up before going on/,
  );
  await expect(rehearsal).toContainText('people have no two-factor authentication');
  await expect(rehearsal).toContainText('have only a method that would not be allowed');
  await expect(rehearsal).toBeFocused();
  await expectAccessible(page, 'policy, rehearsed');

  await save(page).click();
  await confirmPassword(page);
  await expect(page.getByText('The policy is saved.')).toBeVisible();
  await expect(change(page)).toBeFocused();
  await expect(section(page)).toContainText(/Required from .* 23:59/);
  await expectAccessible(page, 'policy, in words');

  const context = await browser.newContext({ baseURL: twofold.url, locale: 'en-GB', timezoneId: 'UTC' });
  const mia = await context.newPage();
  await signInHome(mia, MIA);
  const due = mia.getByText(/Your organisation asks for two-factor authentication from .* Set it up now\./);
  await expect(due).toBeVisible();
  await openOwnSecurity(mia);
  await expect(due).toBeVisible();
  await enableButton(mia).click();
  await expect(mia.getByRole('button', { name: 'Use a mobile app' })).toBeVisible();
  await expect(mia.getByRole('button', { name: 'Use text messages' })).toHaveCount(0);
  await context.close();
});

test('POLICY-21: what would lock out oneself, and what is half filled in, is said where it is; nothing that was chosen is lost', async ({
  page,
}) => {
  await openPolicy(page, OLIVIA);
  await change(page).click();
  await page.getByLabel('Required from a date').check();
  await page.getByLabel('Date', { exact: true }).fill('');
  await check(page).click();
  await expect(page.getByText('Enter a whole date and time.')).toBeVisible();
  await expect(page.getByLabel('Date', { exact: true })).toBeFocused();
  await page.getByLabel('Date', { exact: true }).fill(dayIn(400));
  await check(page).click();
  await expect(page.getByText('Choose a date between now and one year from now.')).toBeVisible();
  await page.getByLabel('Required at once').check();
  await check(page).click();
  await expect(page.getByRole('alert')).toContainText('This would lock you out yourself.');
  await page.getByLabel('Text messages').uncheck();
  await page.getByLabel('Mobile app').uncheck();
  await check(page).click();
  await expect(page.getByText('Allow at least one method.')).toBeVisible();
  await expect(page.getByLabel('Mobile app')).toBeFocused();
  await expect(page.getByLabel('Required at once')).toBeChecked();
  await expect(page.getByLabel('Text messages')).not.toBeChecked();
});

test('POLICY-22: two administrators at the same policy: the second is shown what is in force, and keeps what was chosen', async ({
  page,
  twofold,
  browser,
}) => {
  await openPolicy(page, ADAM);
  await change(page).click();
  await page.getByLabel('Text messages').uncheck();
  await check(page).click();

  const context = await browser.newContext({ baseURL: twofold.url, locale: 'en-GB', timezoneId: 'UTC' });
  const olivia = await context.newPage();
  await openPolicy(olivia, OLIVIA);
  await change(olivia).click();
  await olivia.getByLabel('People may trust a browser').uncheck();
  await check(olivia).click();
  await save(olivia).click();
  await confirmPassword(olivia);
  await expect(olivia.getByText('The policy is saved.')).toBeVisible();
  await context.close();

  await save(page).click();
  await confirmPassword(page);
  const conflict = page.getByText('Somebody else has changed the policy meanwhile. In force now:');
  await expect(conflict).toBeVisible();
  await expectAccessible(page, 'policy, overtaken');
  await expect(page.getByLabel('Text messages')).not.toBeChecked();
  await expect(page.getByLabel('People may trust a browser')).toBeChecked();
  await check(page).click();
  await save(page).click();
  await expect(page.getByText('The policy is saved.')).toBeVisible();
  await expect(section(page)).not.toContainText('Text messages');
});

test('POLICY-23: a page that is open when the deadline passes goes to setting up at its next answer, and on afterwards', async ({
  page,
  twofold,
}) => {
  await signInHome(page, MIA);
  await demand(twofold, 'TOTP', 'SMS');
  const asked: string[] = [];
  page.on('request', (request) => request.url().endsWith('/graphql') && asked.push(request.postData() ?? ''));
  await page.getByRole('link', { name: 'My Account' }).click();
  await expect(page).toHaveURL(/\/security$/);
  await expect(page.getByText('Your organisation demands two-factor authentication.')).toBeVisible();
  await page.waitForTimeout(500);
  expect(asked.length).toBeLessThan(10);
  await openAppSetup(page);
  const app = new Authenticator(await readManualKey(page));
  await codeField(page).fill(await app.code());
  await page.getByLabel("I've saved my recovery code").check();
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.goto('/account/users');
  await expect(page.getByText('1–25 of 50')).toBeVisible();
});

test('POLICY-24: whoever holds only a method that is ruled out signs in with it, and sets up another', async ({
  page,
  twofold,
}) => {
  await twofold.api().enableText(MIA);
  await demand(twofold, 'TOTP');
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await expect(
    page.getByText('Your organisation no longer allows your method (Text messages).'),
  ).toBeVisible();
  await expectAccessible(page, 'security, method ruled out');
  await page.getByRole('button', { name: 'Set up another method' }).click();
  await page.getByRole('button', { name: 'Use a mobile app' }).click();
  await confirmPassword(page);
  const app = new Authenticator(await readManualKey(page));
  await codeField(page).fill(await app.code());
  await expect(page.getByText('On · Mobile app')).toBeVisible();
  await page.goto('/');
  await expectHome(page);
});
