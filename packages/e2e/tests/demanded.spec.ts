import { PHONE } from '../src/api.js';
import { expectAccessible } from '../src/axe.js';
import {
  codeField,
  enableButton,
  expectHome,
  finishRecoveryCode,
  openAppSetup,
  readManualKey,
  readRecoveryCode,
  sendSetupText,
  signIn,
  userIcon,
} from '../src/steps.js';
import { Authenticator } from '../src/authenticator.js';
import { demandingTest as test, expect } from '../src/test.js';

const MIA = 'mia@demo.example';
const DEMAND = 'Your organisation demands two-factor authentication. Set it up to go on.';

test('S45: where the organisation demands it, a recovery sign-in leads only to setting two-factor up again', async ({
  page,
  twofold,
}) => {
  const { recoveryCode } = await twofold.api().enableText(MIA, PHONE);
  await signIn(page, MIA);
  await page.getByRole('link', { name: 'Use recovery code' }).click();
  await page.getByLabel('Recovery code').fill(recoveryCode);
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(page.getByText(DEMAND)).toBeVisible();

  for (const path of ['/', '/account/users', '/account/general']) {
    await page.goto(path);
    await expect(page.getByText(DEMAND)).toBeVisible();
    await expect(page).toHaveURL(/\/users\/[^/]+\/security$/);
  }
  await expect(page.getByLabel('Current password', { exact: true })).toHaveCount(0);
  await userIcon(page).click();
  await expect(page.getByRole('banner').getByRole('link', { name: 'My Account' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await openAppSetup(page);
  const app = new Authenticator(await readManualKey(page));
  await codeField(page).fill(await app.code());
  await readRecoveryCode(page);
  await finishRecoveryCode(page);
  await expect(page.getByText('On · Mobile app')).toBeVisible();
  await page.goto('/');
  await expectHome(page);
});

test('S45: a user without two-factor signs in to set it up, and to nothing else', async ({
  page,
  twofold,
}) => {
  await signIn(page, MIA);
  await expect(page.getByText(DEMAND)).toBeVisible();
  await expect(enableButton(page)).toBeVisible();
  await expectAccessible(page, 'security, two-factor demanded');
  await sendSetupText(page, PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await readRecoveryCode(page);
  await finishRecoveryCode(page);
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await expect(page.getByText('On · Text messages')).toBeVisible();
  await page.goto('/account/users');
  await expect(page.getByText('1–25 of 50')).toBeVisible();
});
