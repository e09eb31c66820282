import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../src/axe.js';
import { pressAt, tabTo } from '../src/keyboard.js';
import { openAppSetup, signIn, signInHome, signInToSecurity } from '../src/steps.js';
import { expect, test } from '../src/test.js';

const MIA = 'mia@demo.example';
const ADAM = 'adam@demo.example';
const HEADER =
  '"at","action","outcome","userId","userName","method","sessionId","address","device","requestId","actorId","actorName","detail"';

const rows = (page: Page): Locator => page.getByRole('table').getByRole('row');
const row = (page: Page, text: string): Locator => rows(page).filter({ hasText: text });
const everybody = (page: Page): Locator => page.getByRole('switch', { name: /^Everybody in / });

async function openActivity(page: Page): Promise<void> {
  await page.goto('/account/general');
  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await expect(page.getByRole('table')).toBeVisible();
}

test('the own sign-ins show, newest first, with the device and the address', async ({ page }) => {
  await signIn(page, MIA, 'not the password at all');
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible();
  await signInHome(page, MIA);
  await openActivity(page);
  await expect(page).toHaveURL(/\/account\/activity$/);
  await expect(page).toHaveTitle(/^Activity · My Account/);

  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(1)).toContainText('Signed in');
  await expect(rows(page).nth(2)).toContainText('Sign-in refused: wrong email or password');
  await expect(rows(page).nth(1).getByRole('cell', { name: 'Chrome on Linux' })).toHaveAttribute(
    'title',
    /^Mozilla\/5\.0 .*Chrome\//,
  );
  await expect(rows(page).nth(1)).toContainText('127.0.0.1');
  await expect(page.getByText('1–2, newest first')).toBeVisible();
});

test('an action is shown by its name and its method', async ({ page }) => {
  await signInToSecurity(page, MIA);
  await openAppSetup(page);
  await openActivity(page);
  await expect(row(page, 'Two-factor set-up started (Mobile app)')).toHaveCount(1);
});

test('a member sees nobody else, and is offered no switch', async ({ page, twofold }) => {
  await twofold.api().signIn(ADAM);
  await signInHome(page, MIA);
  await page.goto('/account/activity?who=everybody');
  await expect(row(page, 'Signed in')).toHaveCount(1);
  await expect(everybody(page)).toHaveCount(0);
  await expect(page.getByRole('columnheader', { name: 'Who' })).toHaveCount(0);
  await expect(page.getByText('Adam')).toHaveCount(0);
});

test("an administrator sees everybody's, by name, and the address keeps it", async ({ page, twofold }) => {
  await twofold.api().signIn(MIA);
  await signInHome(page, ADAM);
  await openActivity(page);
  await expect(row(page, 'Mia Lindqvist')).toHaveCount(0);

  await everybody(page).check();
  await expect(page).toHaveURL(/who=everybody/);
  await expect(page.getByRole('columnheader', { name: 'Who' })).toBeVisible();
  await expect(row(page, 'Mia Lindqvist')).toContainText('Signed in');

  await page.reload();
  await expect(everybody(page)).toBeChecked();
  await page.getByRole('link', { name: 'Mia Lindqvist' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mia Lindqvist' })).toBeVisible();
});

test('filters narrow the list, stand in the address, and are cleared', async ({ page }) => {
  await signIn(page, MIA, 'not the password at all');
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible();
  await signInHome(page, MIA);
  await openActivity(page);

  await page.getByLabel('Only refused').check();
  await expect(rows(page)).toHaveCount(2);
  await expect(row(page, 'Sign-in refused')).toHaveCount(1);
  await page.getByLabel('Action').selectOption({ label: 'Password change' });
  await expect(page).toHaveURL(/action=change-password&outcome=refused/);
  await expect(page.getByText('Nothing matches.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Action')).toHaveValue('CHANGE_PASSWORD');
  await expect(page.getByLabel('Only refused')).toBeChecked();
  await expectAccessible(page, 'activity, no match');

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/account\/activity$/);
  await expect(rows(page)).toHaveCount(3);
});

test('25 lines a page, and back again', async ({ page, twofold }) => {
  for (let n = 0; n < 26; n++) await twofold.api().signIn(MIA);
  await signInHome(page, MIA);
  await openActivity(page);
  await expect(rows(page)).toHaveCount(26);
  await expect(page.getByText('1–25, newest first')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('26–27, newest first')).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true');
  await page.reload();
  await expect(page.getByText('26–27, newest first')).toBeVisible();
  await page.getByRole('button', { name: 'Previous' }).click();
  await expect(page.getByText('1–25, newest first')).toBeVisible();
  await expect(page).toHaveURL(/\/account\/activity$/);
});

test('the lines that are chosen are downloaded as CSV', async ({ page, twofold }) => {
  await twofold.api().signIn(MIA);
  await signInHome(page, ADAM);
  await openActivity(page);
  const exportButton = page.getByRole('button', { name: 'Export CSV' });

  for (const { all, names } of [
    { all: false, names: ['Adam'] },
    { all: true, names: ['Adam', 'Mia'] },
  ]) {
    await everybody(page).setChecked(all);
    const downloading = page.waitForEvent('download');
    await exportButton.click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('activity.csv');
    const [header, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(header).toBe(HEADER);
    expect(new Set(lines.map((line) => line.match(/Adam|Mia/)?.[0]))).toEqual(new Set(names));
    await expect(page.getByRole('status').getByText('Your activity file is downloaded.')).toBeVisible();
  }
});

test('an export that fails says so and can be tried again', async ({ page }) => {
  await signInHome(page, MIA);
  await openActivity(page);
  await page.route('**/graphql', (route) => route.abort());
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(page.getByRole('alert')).toContainText("We couldn't reach the server.");
  await expect(page.getByRole('table')).toBeVisible();
  await page.unroute('**/graphql');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  expect((await downloading).suggestedFilename()).toBe('activity.csv');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a list that cannot be fetched says so, and Try again fetches it', async ({ page }) => {
  await signInHome(page, MIA);
  let away = true;
  await page.route('**/graphql', (route) =>
    away && route.request().postData()?.includes('AuditEvents') ? route.abort() : route.continue(),
  );
  await page.goto('/account/activity');
  await expect(page.getByRole('alert')).toContainText("We couldn't reach the server.");
  await expect(page.getByText('Nothing has happened yet.')).toHaveCount(0);
  await expectAccessible(page, 'activity, server away');
  away = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(row(page, 'Signed in')).toHaveCount(1);
});

test('the activity is accessible, own and everybody’s, wide and narrow, light and dark', async ({ page }) => {
  await signIn(page, ADAM, 'not the password at all');
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible();
  await signInToSecurity(page, ADAM);
  await openAppSetup(page);
  await openActivity(page);
  await expectAccessible(page, 'activity, own');
  await everybody(page).check();
  await expect(page.getByRole('columnheader', { name: 'Who' })).toBeVisible();
  await expectAccessible(page, 'activity of everybody');
});

test('the activity is used with the keyboard alone', async ({ page }) => {
  await signIn(page, ADAM, 'not the password at all');
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible();
  await signInHome(page, ADAM);
  await page.goto('/account/general');
  await pressAt(page, page.getByRole('link', { name: 'Activity', exact: true }));
  await pressAt(page, everybody(page), 'Space');
  await expect(everybody(page)).toBeChecked();
  await expect(everybody(page)).toBeFocused();
  await tabTo(page, page.getByLabel('Action'));
  await page.keyboard.type('Sign-in with p');
  await expect(page).toHaveURL(/action=sign-in(&|$)/);
  await pressAt(page, page.getByLabel('Only refused'), 'Space');
  await expect(row(page, 'Sign-in refused')).toHaveCount(1);
  await expect(row(page, 'Signed in')).toHaveCount(0);
  const downloading = page.waitForEvent('download');
  await pressAt(page, page.getByRole('button', { name: 'Export CSV' }));
  expect((await downloading).suggestedFilename()).toBe('activity.csv');
});
