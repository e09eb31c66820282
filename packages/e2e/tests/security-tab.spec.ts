import { PASSWORD } from '../src/api.js';
import { enableButton, expectHome, signIn, signInToSecurity } from '../src/steps.js';
import { expect, test } from '../src/test.js';

const NEW_PASSWORD = 'violet tractor hums over granite';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`S9: the Security tab holds the change of password and the blue button (${colorScheme})`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await signInToSecurity(page, 'mia@demo.example');
    await expect(page.getByLabel('Current password', { exact: true })).toBeVisible();
    await expect(page.getByLabel('New password', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Change password' })).toBeVisible();

    const button = enableButton(page);
    await expect(button).toBeEnabled();
    const colour = await button.evaluate((element) => getComputedStyle(element).backgroundColor);
    const [red, green, blue] = colour.match(/\d+/g)!.map(Number) as [number, number, number];
    expect(blue, colour).toBeGreaterThan(150);
    expect(blue, colour).toBeGreaterThan(1.5 * Math.max(red, green));
  });
}

test('S9: the password is changed, and the new one alone signs in', async ({ page }) => {
  await signInToSecurity(page, 'mia@demo.example');
  await page.getByLabel('Current password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your password is changed.' })).toBeVisible();

  await page.context().clearCookies();
  await signIn(page, 'mia@demo.example');
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible();
  await signIn(page, 'mia@demo.example', NEW_PASSWORD);
  await expectHome(page);
});

test('S9: a wrong current password and a weak new one are told, and change nothing', async ({ page }) => {
  await signInToSecurity(page, 'mia@demo.example');
  const current = page.getByLabel('Current password', { exact: true });
  const next = page.getByLabel('New password', { exact: true });
  const submit = page.getByRole('button', { name: 'Change password' });

  await current.fill('not my password at all');
  await next.fill(NEW_PASSWORD);
  await submit.click();
  await expect(current).toHaveAccessibleDescription(/That is not your current password\./);
  await expect(current).toBeFocused();

  await current.fill(PASSWORD);
  await next.fill('short');
  await submit.click();
  await expect(next).toHaveAccessibleDescription(/Use at least 12 characters\./);

  await next.fill('passwordpassword');
  await submit.click();
  await expect(next).toHaveAccessibleDescription(/Choose a longer or less common password\./);

  await page.context().clearCookies();
  await signIn(page, 'mia@demo.example');
  await expectHome(page);
});
