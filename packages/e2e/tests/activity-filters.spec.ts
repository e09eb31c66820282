import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../src/axe.js';
import { pressAt, tabTo, typeAt } from '../src/keyboard.js';
import { signIn, signInHome } from '../src/steps.js';
import { expect, test } from '../src/test.js';

const MIA = 'mia@demo.example';
const ADAM = 'adam@demo.example';

const lines = (page: Page): Locator =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
const line = (page: Page, text: string): Locator => lines(page).filter({ hasText: text });
const everybody = (page: Page): Locator => page.getByRole('switch', { name: /^Everybody in / });
const person = (page: Page): Locator => page.getByRole('combobox', { name: 'Person' });
const period = (page: Page): Locator => page.getByLabel('Period', { exact: true });
const from = (page: Page): Locator => page.getByLabel('From', { exact: true });
const to = (page: Page): Locator => page.getByLabel('To', { exact: true });
const show = (page: Page): Locator => page.getByRole('button', { name: 'Show', exact: true });
/** What a screen reader is told without being asked. */
const told = (page: Page, text: string): Locator => page.getByRole('status').filter({ hasText: text });

const options = (page: Page): Locator => page.getByRole('listbox', { name: 'Person' }).getByRole('option');

/**
 * The day of the oldest line that shows, in UTC as the browser's, or one so many days before. It is not asked of a clock: a test
 * may run over midnight.
 */
async function dayOfOldest(page: Page): Promise<(ago?: number) => string> {
  const at = await lines(page).last().getByRole('time').getAttribute('datetime');
  return (ago = 0) => new Date(Date.parse(at ?? '') - ago * 86_400_000).toISOString().slice(0, 10);
}

async function exportedLines(page: Page): Promise<string[]> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  return text.trimEnd().split('\r\n').slice(1);
}

test('a member narrows the own activity by period, and the address keeps it', async ({ page }) => {
  await signInHome(page, MIA);
  await page.goto('/account/activity');
  await expect(line(page, 'Signed in')).toHaveCount(1);
  await expect(person(page)).toHaveCount(0);
  const day = await dayOfOldest(page);

  await period(page).selectOption({ label: 'Last 24 hours' });
  await expect(page).toHaveURL(/\/account\/activity\?period=24h$/);
  await expect(told(page, '1 line shown')).toHaveCount(1);
  await expect(line(page, 'Signed in')).toHaveCount(1);

  await period(page).selectOption({ label: 'Custom…' });
  await from(page).fill(day(9));
  await to(page).fill(day(2));
  await expect(line(page, 'Signed in')).toHaveCount(1);
  await show(page).click();
  await expect(page.getByText('Nothing matches.')).toBeVisible();
  await expect(told(page, 'Nothing found')).toHaveCount(1);
  expect(await exportedLines(page)).toEqual([]);
  await expectAccessible(page, 'activity, nothing in the custom period');

  await page.reload();
  await expect(period(page)).toHaveValue('custom');
  await expect(from(page)).toHaveValue(day(9));
  await expect(to(page)).toHaveValue(day(2));
  await expect(page.getByText('Nothing matches.')).toBeVisible();

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/account\/activity$/);
  await expect(period(page)).toHaveValue('');
  await expect(line(page, 'Signed in')).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Activity' })).toBeFocused();
});

test('both days of a custom period are within it, also at its very edge', async ({ page }) => {
  await signInHome(page, MIA);
  await page.goto('/account/activity');
  const day = await dayOfOldest(page);
  const address = (days: string): string => `/account/activity?period=custom&${days}`;
  for (const { days, count } of [
    { days: `from=${day()}&to=${day()}`, count: 1 },
    { days: `from=${day(1)}&to=${day()}`, count: 1 },
    { days: `from=${day()}`, count: 1 },
    { days: `to=${day()}`, count: 1 },
    { days: `to=${day(1)}`, count: 0 },
    { days: `from=${day(-1)}`, count: 0 },
  ]) {
    await page.goto(address(days));
    await expect(count === 1 ? line(page, 'Signed in') : page.getByText('Nothing matches.')).toBeVisible();
  }
});

test('days that are reversed are told so, and nothing is lost', async ({ page }) => {
  await signInHome(page, MIA);
  await page.goto('/account/activity?period=custom');
  const day = await dayOfOldest(page);
  await from(page).fill(day());
  await to(page).fill(day(1));
  await show(page).click();
  await expect(page.getByText('To is before From. Change either day.')).toBeVisible();
  await expect(to(page)).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(from(page)).toHaveValue(day());
  await expect(to(page)).toHaveValue(day(1));
  await expect(line(page, 'Signed in')).toHaveCount(1);
  await expect(page).toHaveURL(/\?period=custom$/);
  await expectAccessible(page, 'activity, reversed days');

  await to(page).fill(day());
  await to(page).press('Enter');
  await expect(page).toHaveURL(new RegExp(`from=${day()}&to=${day()}$`));
  await expect(page.getByText('To is before From. Change either day.')).toHaveCount(0);
  await expect(page).toHaveTitle(/^Activity/);
});

test('half a date is not taken for none', async ({ page }) => {
  await signInHome(page, MIA);
  await page.goto('/account/activity?period=custom');
  const day = await dayOfOldest(page);
  await to(page).fill(day());
  await from(page).focus();
  await page.keyboard.type('12');
  await show(page).click();
  await expect(page.getByText('Enter a whole date, with a year of four digits.')).toBeVisible();
  await expect(from(page)).toBeFocused();
  await expect(page).toHaveURL(/\?period=custom$/);
});

test('an administrator finds a person by name or email, and sees and exports the one alone', async ({
  page,
  twofold,
}) => {
  await twofold.api().signIn(MIA);
  await signInHome(page, ADAM);
  await page.goto('/account/activity');
  await person(page).click();
  await expect(options(page)).toHaveCount(6);
  await expect(page.getByText('and 44 more. Type to narrow the list.')).toBeVisible();
  await expect(told(page, '50 people found')).toHaveCount(1);
  await expectAccessible(page, 'activity, people to choose from');

  await person(page).fill('mia@demo');
  await expect(options(page)).toHaveCount(1);
  await expect(options(page)).toContainText('Mia Lindqvist');
  await expect(options(page)).toContainText(MIA);
  await options(page).click();
  await expect(person(page)).toHaveValue(`Mia Lindqvist (${MIA})`);
  await expect(everybody(page)).toBeChecked();
  await expect(lines(page)).toHaveCount(1);
  await expect(page.getByRole('table', { name: 'Activity of Mia Lindqvist, newest first' })).toBeVisible();

  const exported = await exportedLines(page);
  expect(exported).toHaveLength(1);
  expect(exported[0]).toContain('"Mia Lindqvist"');

  await page.reload();
  await expect(person(page)).toHaveValue(`Mia Lindqvist (${MIA})`);
  await expect(lines(page)).toHaveCount(1);
  await page.getByRole('link', { name: 'Mia Lindqvist' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mia Lindqvist' })).toBeVisible();
  await page.goBack();
  await expect(person(page)).toHaveValue(`Mia Lindqvist (${MIA})`);
  await expect(lines(page)).toHaveCount(1);

  await page.getByRole('button', { name: 'Clear the person' }).click();
  await expect(person(page)).toHaveValue('');
  await expect(person(page)).toBeFocused();
  await expect(everybody(page)).toBeChecked();
  await expect(line(page, 'Adam Reyes')).toHaveCount(1);
  await expect(line(page, 'Mia Lindqvist')).toHaveCount(1);
});

test('a link to one person shows a member the own activity alone', async ({ page, twofold }) => {
  await signInHome(page, ADAM);
  await page.goto('/account/activity');
  await person(page).fill('adam');
  await options(page).filter({ hasText: 'Adam Reyes' }).click();
  await expect(page).toHaveURL(/person=/);
  const link = page.url();
  await page.context().clearCookies();
  await twofold.api().signIn(ADAM);
  await signInHome(page, MIA);
  await page.goto(link);
  await expect(page.getByRole('table', { name: 'Your activity, newest first' })).toBeVisible();
  await expect(line(page, 'Signed in')).toHaveCount(1);
  await expect(person(page)).toHaveCount(0);
  await expect(page.getByText('Adam')).toHaveCount(0);
});

test('a person who does not exist matches nothing, and is cleared with the filters', async ({ page }) => {
  await signInHome(page, ADAM);
  await page.goto('/account/activity?who=everybody&person=nobody');
  await expect(page.getByText('Nothing matches.')).toBeVisible();
  await expect(person(page)).toHaveValue('Deleted account');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(person(page)).toHaveValue('');
  await expect(page).toHaveURL(/\/account\/activity\?who=everybody$/);
  await expect(line(page, 'Adam Reyes')).toHaveCount(1);
});

test('person and period are chosen with the keyboard alone', async ({ page, twofold }) => {
  await twofold.api().signIn(MIA);
  await signIn(page, MIA, 'not the password at all');
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible();
  await signInHome(page, ADAM);
  await page.goto('/account/activity');
  await typeAt(page, person(page), 'lind');
  await expect(person(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(told(page, '1 person found')).toHaveCount(1);
  await expect(options(page).and(page.getByRole('option', { selected: true }))).toContainText(
    'Mia Lindqvist',
  );
  await page.keyboard.press('Enter');
  await expect(lines(page)).toHaveCount(2);
  await expect(told(page, '2 lines shown')).toHaveCount(1);

  const day = await dayOfOldest(page);

  await tabTo(page, period(page));
  await page.keyboard.type('Cust');
  await expect(page).toHaveURL(/period=custom/);
  await tabTo(page, from(page));
  const [year, month, date] = day().split('-') as [string, string, string];
  // The locale of the browser's own date field is en-US, whatever the page's is.
  await page.keyboard.type(`${month}${date}${year}`);
  await expect(from(page)).toHaveValue(day());
  await pressAt(page, show(page));
  await expect(page).toHaveURL(new RegExp(`from=${day()}$`));
  await expect(lines(page)).toHaveCount(2);

  await pressAt(page, page.getByLabel('Only refused'), 'Space');
  await expect(line(page, 'Sign-in refused')).toHaveCount(1);
  await expect(lines(page)).toHaveCount(1);
  await pressAt(page, page.getByRole('button', { name: 'Clear the person' }));
  await expect(person(page)).toBeFocused();
  await expect(page).not.toHaveURL(/person=/);
});
