import { BACKUP_PHONE, PASSWORD, PHONE } from '../src/api.js';
import { wrongCode } from '../src/inbox.js';
import { wrongRecoveryCode } from '../src/recovery-code.js';
import {
  codeField,
  enableButton,
  expectCodeSent,
  expectHome,
  openOwnSecurity,
  signIn,
} from '../src/steps.js';
import { expect, test } from '../src/test.js';

const MIA = 'mia@demo.example';

test('S32, S33: a text user gets the code on arrival without a click, and it completes the sign-in', async ({
  page,
  twofold,
}) => {
  await twofold.api().enableText(MIA, PHONE);
  const before = (await twofold.inbox.texts(PHONE)).length;
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  expect(await twofold.inbox.texts(PHONE)).toHaveLength(before + 1);
  expect(await page.context().cookies()).toEqual([]);

  // There is no way around the second step.
  await page.goto('/account/users');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.goBack();

  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await expectHome(page);
});

test('S33: a code with a space is taken as pasted, and the field submits by itself once', async ({
  page,
  twofold,
}) => {
  await twofold.api().enableText(MIA, PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  let verifications = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('VerifyTwoFactorCode') === true) verifications++;
  });
  const code = await twofold.inbox.newestCode(PHONE);
  await codeField(page).fill(wrongCode(code));
  await expect(codeField(page)).toHaveAccessibleDescription(/That code is not right/);
  expect(verifications).toBe(1);

  await codeField(page).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await expect(codeField(page)).toHaveValue(code);
  expect(verifications).toBe(1);
  await page.keyboard.press('Enter');
  await expectHome(page);
  expect(verifications).toBe(2);
});

test('S34: a text code works once', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  const code = await twofold.inbox.newestCode(PHONE);
  await codeField(page).fill(code);
  await expectHome(page);

  await page.context().clearCookies();
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  expect(await twofold.inbox.newestCode(PHONE)).not.toBe(code);
  await codeField(page).fill(code);
  await expect(codeField(page)).toHaveAccessibleDescription(/That code is not right/);
});

test('S35: a wrong password sends no text', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE);
  const before = await twofold.inbox.texts();
  await signIn(page, MIA, 'not the password at all');
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(MIA);
  expect(await twofold.inbox.texts()).toEqual(before);
});

test('S37: the backup phone is offered, masked, and its code signs in', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE, BACKUP_PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  expect(await page.content()).not.toContain('151234567');
  const before = (await twofold.inbox.texts(BACKUP_PHONE)).length;
  await page.getByRole('button', { name: /^Text my backup phone \(•+ 90\)$/ }).click();
  await expectCodeSent(page, BACKUP_PHONE);
  expect(await twofold.inbox.texts(BACKUP_PHONE)).toHaveLength(before + 1);
  await codeField(page).fill(await twofold.inbox.newestCode(BACKUP_PHONE));
  await expectHome(page);
});

test('S32: "Send Code" sends another once its time has come, and only the newest counts', async ({
  page,
  twofold,
}) => {
  await page.clock.install();
  await twofold.api().enableText(MIA, PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  const send = page.getByRole('button', { name: 'Send Code' });
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText(/^You can send another code in \d+ s\.$/)).toBeVisible();
  const sent = (await twofold.inbox.texts(PHONE)).length;
  await send.click({ force: true });
  expect(await twofold.inbox.texts(PHONE)).toHaveLength(sent);

  // The page's clock alone runs on: the server still refuses, and the page says when it will not.
  await page.clock.fastForward('00:31');
  await expect(send).not.toHaveAttribute('aria-disabled', 'true');
  await send.click();
  await expect(page.getByText(/^A code is on its way\. You can send another in/)).toBeVisible();
  expect(await twofold.inbox.texts(PHONE)).toHaveLength(sent);
});

for (const method of ['app', 'text'] as const) {
  test(`S38, S39, S40, S44: the recovery code of a user by ${method} signs in after a warning, and switches two-factor off`, async ({
    page,
    twofold,
  }) => {
    const { recoveryCode } =
      method === 'app' ? await twofold.api().enableApp(MIA) : await twofold.api().enableText(MIA, PHONE);
    await signIn(page, MIA);
    await page.getByRole('link', { name: 'Use recovery code' }).click();
    await expect(
      page.getByText('Using your recovery code turns off two-factor authentication.'),
    ).toBeVisible();
    expect((await twofold.api().challenge(MIA)).method).toBe(method === 'app' ? 'TOTP' : 'SMS');

    // Case, spaces and dashes are ignored.
    await page.getByLabel('Recovery code').fill(recoveryCode.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: 'Verify and turn off' }).click();
    await expect(page).toHaveURL(/\/users\/[^/]+\/security$/);
    await expect(
      page.getByText(
        'Two-factor authentication is now off because you used your recovery code. Turn it on again.',
      ),
    ).toBeVisible();
    await expect(enableButton(page)).toBeVisible();

    const texts = (await twofold.inbox.texts()).length;
    await page.context().clearCookies();
    await signIn(page, MIA);
    await expectHome(page);
    expect(await twofold.inbox.texts()).toHaveLength(texts);
  });
}

test('S39: the recovery code ends the other sessions', async ({ page, browser, twofold }) => {
  const { recoveryCode, app } = await twofold.api().enableApp(MIA);
  await signIn(page, MIA);
  await codeField(page).fill(await app.code());
  await expectHome(page);

  const elsewhere = await browser.newContext({ baseURL: twofold.url });
  const other = await elsewhere.newPage();
  await signIn(other, MIA);
  await other.getByRole('link', { name: 'Use recovery code' }).click();
  await other.getByLabel('Recovery code').fill(recoveryCode);
  await other.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(enableButton(other)).toBeVisible();
  await elsewhere.close();

  // The General tab asks for the policy, and learns of it.
  await page.getByRole('main').getByRole('link', { name: 'My Account' }).click();
  await expect(page.getByText("You've been signed out. Sign in to continue.")).toBeVisible();
});

test('S41: a wrong recovery code changes nothing', async ({ page, twofold }) => {
  const { app } = await twofold.api().enableApp(MIA);
  await signIn(page, MIA);
  await page.getByRole('link', { name: 'Use recovery code' }).click();
  const field = page.getByLabel('Recovery code');
  await field.fill(wrongRecoveryCode(0));
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(field).toHaveAccessibleDescription(
    /That recovery code is not right\. Check it and try again\./,
  );
  await expect(field).toBeFocused();

  await page.getByRole('link', { name: 'Back to the security code' }).click();
  await codeField(page).fill(await app.code());
  await expectHome(page);
  await openOwnSecurity(page);
  await expect(page.getByText('On · Mobile app')).toBeVisible();
});

test('S41: wrong recovery codes are counted: after ten even the right one is refused, and the app still signs in', async ({
  page,
  twofold,
}) => {
  const { app, recoveryCode } = await twofold.api().enableApp(MIA);
  await signIn(page, MIA);
  await page.getByRole('link', { name: 'Use recovery code' }).click();
  const field = page.getByLabel('Recovery code');
  for (let n = 0; n < 10; n++) {
    await field.fill(wrongRecoveryCode(n));
    const answered = page.waitForResponse('**/graphql');
    await page.getByRole('button', { name: 'Verify and turn off' }).click();
    await answered;
  }
  await field.fill(recoveryCode);
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(field).toHaveAccessibleDescription(/Too many attempts\. Try again in 15 min\./);

  await page.getByRole('link', { name: 'Back to the security code' }).click();
  await codeField(page).fill(await app.code());
  await expectHome(page);
});

test('S43: an app user signs in with the app’s code, and no text is sent', async ({ page, twofold }) => {
  const { app } = await twofold.api().enableApp(MIA);
  await signIn(page, MIA, PASSWORD);
  await expect(page.getByText('Enter the 6-digit code from your authenticator app.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send Code' })).toHaveCount(0);
  await codeField(page).fill(app.wrongCode());
  await expect(codeField(page)).toHaveAccessibleDescription(
    /Wait for the next code, and check that your phone's clock is automatic\./,
  );
  expect(await page.context().cookies()).toEqual([]);
  await codeField(page).fill(await app.code());
  await page.getByRole('button', { name: 'Verify' }).click();
  await expectHome(page);
  expect(await twofold.inbox.texts()).toEqual([]);
});
