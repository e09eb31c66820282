import { expectAccessible } from '../src/axe.js';
import { signIn } from '../src/steps.js';
import { expect, test } from '../src/test.js';

const NEW_PASSWORD = 'violet tractor hums over granite';

test('WAY-BACK-1, 3: the link of a mail secures the account, and a new password gets its owner in', async ({
  page,
  twofold,
}) => {
  // Somebody who knows the password binds an app of their own.
  await twofold.api().enableApp('mia@demo.example');

  await page.goto(await twofold.inbox.link('mia@demo.example', 'not-me'));
  await expect(page.getByRole('heading', { level: 1, name: 'Was it not you?' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  await expectAccessible(page, 'the question');
  // A reload loses nothing.
  await page.reload();
  await page.getByRole('button', { name: 'Secure my account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your account is secured' })).toBeFocused();
  await expectAccessible(page, 'secured');

  await signIn(page, 'mia@demo.example');
  await expect(page.getByText('Set a new password first.')).toBeVisible();

  await page.goto(await twofold.inbox.link('mia@demo.example', 'reset-password'));
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your password is set' })).toBeFocused();
  // The second factor, whosever it is, is still due.
  await signIn(page, 'mia@demo.example', NEW_PASSWORD);
  await expect(page.getByRole('heading', { level: 1, name: 'Verify it is you' })).toBeVisible();
});

test('WAY-BACK-1: a link that was used, or is none, says what to do', async ({ page, twofold }) => {
  await twofold.api().enableApp('noah@demo.example');
  const link = await twofold.inbox.link('noah@demo.example', 'not-me');
  await page.goto(link);
  await page.getByRole('button', { name: 'Secure my account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your account is secured' })).toBeVisible();
  // A fresh tab: the same address would only change the part behind the #.
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('button', { name: 'Secure my account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'This link no longer works' })).toBeFocused();
  await expectAccessible(page, 'a used link');

  await page.goto('about:blank');
  await page.goto('/not-me');
  await expect(page.getByRole('heading', { level: 1, name: 'This link no longer works' })).toBeVisible();
});
