import { BACKUP_PHONE, PHONE } from '../src/api.js';
import { Authenticator } from '../src/authenticator.js';
import { wrongCode } from '../src/inbox.js';
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
  readManualKey,
  readRecoveryCode,
  sendSetupText,
  signIn,
  signInToSecurity,
  viewLink,
} from '../src/steps.js';
import { expect, test } from '../src/test.js';

test('S12, S13: the button opens the instructions, with text messages and a mobile app to choose from', async ({
  page,
}) => {
  await signInToSecurity(page, 'mia@demo.example');
  await enableButton(page).click();
  await expect(
    page.getByRole('heading', { name: 'How do you want to get your security code?' }),
  ).toBeFocused();
  await expect(page.getByText('Set up two-factor authentication · Step 1 of')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use text messages' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use a mobile app' })).toBeVisible();
});

test('S14: "Use text messages" asks for a phone number and a security code', async ({ page }) => {
  await signInToSecurity(page, 'mia@demo.example');
  await enableButton(page).click();
  await page.getByRole('button', { name: 'Use text messages' }).click();
  await expect(page.getByLabel('Phone number')).toBeVisible();
  await expect(codeField(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send Code' })).toBeVisible();
});

test('S15: "Send Code" sends nothing before a phone number is entered, and one text after', async ({
  page,
  twofold,
}) => {
  await signInToSecurity(page, 'mia@demo.example');
  await enableButton(page).click();
  await page.getByRole('button', { name: 'Use text messages' }).click();
  const send = page.getByRole('button', { name: 'Send Code' });
  const phone = page.getByLabel('Phone number');

  await send.click();
  await expect(phone).toHaveAccessibleDescription(/Enter your phone number\./);
  await expect(phone).toBeFocused();
  expect(await twofold.inbox.texts()).toEqual([]);

  await phone.fill('12');
  await send.click();
  await expect(phone).toHaveAttribute('aria-invalid', 'true');
  expect(await twofold.inbox.texts()).toEqual([]);

  await phone.fill(PHONE);
  await send.click();
  await expectCodeSent(page, PHONE);
  const texts = await twofold.inbox.texts();
  expect(texts.map(({ to }) => to)).toEqual([PHONE]);
  expect(texts[0]!.text).toMatch(/^\d{6} is your Demo Signage security code\.\n\n@\S+ #\d{6}$/);
  await expect(send).toHaveAttribute('aria-disabled', 'true');
});

test('S16: a wrong set-up code leaves two-factor off; the right one switches it on', async ({
  page,
  twofold,
}) => {
  await signInToSecurity(page, 'mia@demo.example');
  await sendSetupText(page, PHONE);
  const code = await twofold.inbox.newestCode(PHONE);
  await codeField(page).fill(wrongCode(code));
  await expect(codeField(page)).toHaveAccessibleDescription(/That code is not right\./);
  await twofold.api().signIn('mia@demo.example');

  await codeField(page).fill(code);
  await page.getByRole('button', { name: 'Verify' }).click();
  await readRecoveryCode(page);
});

test('S17: "Use a mobile app" offers two ways: a code to scan and a code to type', async ({ page }) => {
  await signInToSecurity(page, 'mia@demo.example');
  await openAppSetup(page);
  await expect(page.getByText("Can't scan? Enter this code manually")).toBeVisible();
  expect(await readManualKey(page)).toMatch(/^[A-Z2-7 ]{39}$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`S18, S19: the picture of the QR code is an otpauth URI with the manual key as its secret (${colorScheme})`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await signInToSecurity(page, 'mia@demo.example');
    await openAppSetup(page);
    const uri = new URL(await scan(qrCode(page)));
    expect(uri.protocol).toBe('otpauth:');
    expect(uri.host).toBe('totp');
    expect(decodeURIComponent(uri.pathname)).toBe('/Demo Signage:mia@demo.example');
    expect(uri.searchParams.get('issuer')).toBe('Demo Signage');
    // Base32 without padding of 160 bits.
    expect(uri.searchParams.get('secret')).toMatch(/^[A-Z2-7]{32}$/);
    expect((await readManualKey(page)).replaceAll(' ', '')).toBe(uri.searchParams.get('secret'));
  });
}

test('S20: one code of the app switches it on', async ({ page }) => {
  await signInToSecurity(page, 'mia@demo.example');
  await openAppSetup(page);
  const app = new Authenticator(new URL(await scan(qrCode(page))).searchParams.get('secret')!);
  await codeField(page).fill(await app.code());
  await readRecoveryCode(page);
  await finishRecoveryCode(page);
  await expect(page.getByText('On · Mobile app')).toBeVisible();

  await page.context().clearCookies();
  await signIn(page, 'mia@demo.example');
  await expect(page.getByText('Enter the 6-digit code from your authenticator app.')).toBeVisible();
});

test('S20: a set-up that is abandoned changes nothing', async ({ page, twofold }) => {
  await signInToSecurity(page, 'mia@demo.example');
  await openAppSetup(page);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await sendSetupText(page, PHONE);
  await page.reload();
  await expect(enableButton(page)).toBeVisible();

  const sent = (await twofold.inbox.texts()).length;
  await page.context().clearCookies();
  await signIn(page, 'mia@demo.example');
  await expectHome(page);
  expect(await twofold.inbox.texts()).toHaveLength(sent);
});

test('S21: afterwards "Click to View" and "Disable Two-Factor Authentication" are there, also after a reload', async ({
  page,
  twofold,
}) => {
  await signInToSecurity(page, 'mia@demo.example');
  await sendSetupText(page, PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await readRecoveryCode(page);
  await finishRecoveryCode(page);
  await page.getByRole('button', { name: 'Skip for now' }).click();
  for (const again of [false, true]) {
    if (again) await page.reload();
    await expect(page.getByText('On · Text messages')).toBeVisible();
    await expect(viewLink(page)).toBeVisible();
    await expect(disableButton(page)).toBeVisible();
    await expect(enableButton(page)).toHaveCount(0);
  }
});

test('S36: a backup phone is offered after text messages, and is proved by a code of its own', async ({
  page,
  twofold,
}) => {
  await signInToSecurity(page, 'mia@demo.example');
  await sendSetupText(page, PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await readRecoveryCode(page);
  await finishRecoveryCode(page);
  await expect(page.getByRole('heading', { name: 'Add a backup phone' })).toBeFocused();

  await page.getByLabel('Phone number').fill(PHONE);
  await page.getByRole('button', { name: 'Send Code' }).click();
  await expect(page.getByText('Primary and backup phone must differ. Enter another number.')).toBeVisible();

  await page.getByLabel('Phone number').fill(BACKUP_PHONE);
  await page.getByRole('button', { name: 'Send Code' }).click();
  await expectCodeSent(page, BACKUP_PHONE);
  const code = await twofold.inbox.newestCode(BACKUP_PHONE);
  await codeField(page).fill(wrongCode(code));
  await expect(codeField(page)).toHaveAccessibleDescription(/That code is not right\./);
  expect((await twofold.api().challenge('mia@demo.example')).phones).toHaveLength(1);

  await codeField(page).fill(code);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('On · Text messages')).toBeVisible();
  const { phones } = await twofold.api().challenge('mia@demo.example');
  expect(phones.map(({ maskedNumber }) => maskedNumber)).toEqual(['•••• 89', '•••• 90']);
});

test('what was typed is kept by Back', async ({ page }) => {
  await signInToSecurity(page, 'mia@demo.example');
  await sendSetupText(page, PHONE);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Use text messages' }).click();
  await expect(page.getByLabel('Phone number')).toHaveValue(PHONE);
});

test('where the sign-in is older than ten minutes, the set-up asks for the password first', async ({
  page,
}) => {
  await signInToSecurity(page, 'mia@demo.example');
  // The server's clock cannot be turned; its answer can.
  let first = true;
  await page.route('**/graphql', async (route) => {
    const isStart = route.request().postData()?.includes('StartTwoFactor') === true && first;
    if (!isStart) return route.continue();
    first = false;
    const problem = {
      __typename: 'Problem',
      code: 'REAUTHENTICATION_REQUIRED',
      message: 'Confirm your password first.',
      field: null,
      retryAt: null,
    };
    return route.fulfill({ json: { data: { startTwoFactor: problem } } });
  });
  await enableButton(page).click();
  await page.getByRole('button', { name: 'Use a mobile app' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm your password' });
  await dialog.getByLabel('Password', { exact: true }).fill('correct-horse-battery-staple');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(qrCode(page)).toBeVisible();
});

test('the own Security tab is found from everywhere, and the home page says that two-factor is on', async ({
  page,
  twofold,
}) => {
  const { app } = await twofold.api().enableApp('mia@demo.example');
  await signIn(page, 'mia@demo.example');
  await codeField(page).fill(await app.code());
  await expectHome(page);
  await expect(page.getByText('Two-factor authentication is on.')).toBeVisible();
  await openOwnSecurity(page);
});
