import { expectNoViolations } from '../src/axe.js';
import { Authenticator } from '../src/authenticator.js';
import { PASSWORD } from '../src/api.js';
import { enableButton, signIn, signInToSecurity } from '../src/steps.js';
import { expect, test } from '../src/test.js';

test("WAY-BACK-1, 3: a mail's link signs everybody out, and the old password opens nothing", async ({
  page,
  twofold,
}) => {
  await signInToSecurity(page, 'mia@demo.example');
  const intruder = twofold.api();
  await intruder.signIn('mia@demo.example');
  await intruder.enableByApp();

  await page.goto(await twofold.inbox.link('mia@demo.example', 'not-me'));
  await expect(page.getByRole('heading', { level: 1, name: 'Was it not you?' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  await expectNoViolations(page);
  // A reload loses nothing.
  await page.reload();
  await page.getByRole('button', { name: 'Secure my account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your account is secured' })).toBeFocused();
  await expectNoViolations(page);

  await page.getByRole('link', { name: 'Go to sign in' }).click();
  await signIn(page, 'mia@demo.example', PASSWORD);
  await expect(page.getByText('Set a new password first.')).toBeVisible();
});
