import { BACKUP_PHONE, PASSWORD, PHONE } from '../src/api.js';
import { Authenticator } from '../src/authenticator.js';
import { scan } from '../src/qr-code.js';
import {
  codeField,
  disableButton,
  enableButton,
  expectCodeSent,
  expectHome,
  finishRecoveryCode,
  openAppSetup,
  openOwnSecurity,
  qrCode,
  readRecoveryCode,
  sendSetupText,
  signIn,
  signInToSecurity,
  unlockSettings,
  userIcon,
} from '../src/steps.js';
import { expect, test } from '../src/test.js';
import { watchForFaults } from '../src/watch.js';

const MIA = 'mia@demo.example';

test('the whole article is walked without a violation of the policy, a complaint or a foreign request', async ({
  page,
  context,
  twofold,
}) => {
  const faults = await watchForFaults(context, twofold.url);
  const answer = await page.goto('/');
  expect(answer!.headers()['content-security-policy']).toContain("script-src 'self';");

  await signInToSecurity(page, MIA);
  await sendSetupText(page, PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await readRecoveryCode(page);
  await finishRecoveryCode(page);
  await page.getByLabel('Phone number').fill(BACKUP_PHONE);
  await page.getByRole('button', { name: 'Send Code' }).click();
  await expectCodeSent(page, BACKUP_PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(BACKUP_PHONE));
  await expect(page.getByText('On · Text messages')).toBeVisible();

  await userIcon(page).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await expectHome(page);
  await openOwnSecurity(page);
  await unlockSettings(page);
  await disableButton(page).click();
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(enableButton(page)).toBeVisible();

  await openAppSetup(page);
  const app = new Authenticator(new URL(await scan(qrCode(page))).searchParams.get('secret')!);
  await codeField(page).fill(await app.code());
  const recoveryCode = await readRecoveryCode(page);
  await finishRecoveryCode(page);
  await page.reload();
  await userIcon(page).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, MIA);
  await page.getByRole('link', { name: 'Use recovery code' }).click();
  await page.getByLabel('Recovery code').fill(recoveryCode);
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(enableButton(page)).toBeVisible();

  expect(faults).toEqual({ foreign: [], violations: [], console: [] });
});
