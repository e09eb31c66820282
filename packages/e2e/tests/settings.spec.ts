import type { Locator, Page } from '@playwright/test';
import { collectAnswers } from '../src/answers.js';
import { BACKUP_PHONE, PASSWORD, PHONE } from '../src/api.js';
import { Authenticator } from '../src/authenticator.js';
import { wrongCode } from '../src/inbox.js';
import { scan } from '../src/qr-code.js';
import {
  codeField,
  disableButton,
  enableButton,
  expectCodeSent,
  expectHome,
  openOwnSecurity,
  qrCode,
  signIn,
  unlockSettings,
  viewLink,
} from '../src/steps.js';
import { expect, test, type Twofold } from '../src/test.js';

const MIA = 'mia@demo.example';
const NEW_PHONE = '+4915123456791';

/** Signs a user in by the text that was just sent, up to the own Security tab. */
async function openSecurityByText(page: Page, twofold: Twofold): Promise<void> {
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await expectHome(page);
  await openOwnSecurity(page);
}

async function openSecurityByApp(page: Page, app: Authenticator): Promise<void> {
  await signIn(page, MIA);
  await codeField(page).fill(await app.code());
  await expectHome(page);
  await openOwnSecurity(page);
}

const passwordIn = (dialog: Locator): Locator => dialog.getByLabel('Password', { exact: true });

/** A number as a person reads it: the digits, whatever stands between them. */
const written = (phone: string): RegExp => new RegExp(`\\+${phone.slice(1).split('').join(' ?')}`);

test('S22, S23: "Click to View" asks for the password, and a wrong one reveals nothing', async ({
  page,
  twofold,
}) => {
  await twofold.api().enableText(MIA, PHONE, BACKUP_PHONE);
  await openSecurityByText(page, twofold);
  await viewLink(page).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm your password' });
  await expect(passwordIn(dialog)).toBeVisible();

  const answers = collectAnswers(page);
  await passwordIn(dialog).fill('not the password at all');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(passwordIn(dialog)).toHaveAccessibleDescription(/That password is incorrect\./);
  await expect(passwordIn(dialog)).toBeFocused();
  expect(await answers.all()).toContain('INVALID_CREDENTIALS');
  expect(await answers.all()).not.toContain('TwoFactorSettings');
  expect(await page.content()).not.toMatch(/15123456/);

  await page.keyboard.press('Escape');
  await expect(page.getByText('Primary phone')).toHaveCount(0);
  await expect(viewLink(page)).toBeVisible();
});

test('S24: no phone, secret or code is in the page or in any answer before the password', async ({
  page,
  twofold,
}) => {
  const { recoveryCode } = await twofold.api().enableText(MIA, PHONE, BACKUP_PHONE);
  const answers = collectAnswers(page);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  const code = await twofold.inbox.newestCode(PHONE);
  expect(await answers.all()).not.toContain(code);
  await codeField(page).fill(code);
  await expectHome(page);
  await openOwnSecurity(page);
  await page.reload();
  await expect(viewLink(page)).toBeVisible();

  const seen = `${await answers.all()}\n${await page.content()}`;
  expect(seen).toContain('twoFactorEnabled');
  // The masked form is known from the second step: the last two digits, and no more.
  for (const secret of ['151234567', '1234 567', recoveryCode, recoveryCode.replaceAll('-', '')]) {
    expect(seen).not.toContain(secret);
  }
  expect(seen).not.toMatch(/otpauth|manualKey|recoveryCode"/);
});

test('S25: after the password the settings of a text user are shown: both phones in full', async ({
  page,
  twofold,
}) => {
  await twofold.api().enableText(MIA, PHONE, BACKUP_PHONE);
  await openSecurityByText(page, twofold);
  await unlockSettings(page);
  const main = page.getByRole('main');
  await expect(main.getByText(written(PHONE))).toBeVisible();
  await expect(main.getByText(written(BACKUP_PHONE))).toBeVisible();
  await expect(main.getByText('Text messages', { exact: true })).toBeVisible();
  await expect(main.getByText(/Locks itself in \d+:\d\d/)).toBeVisible();
});

test('S25: after the password the settings of an app user are shown, and no secret', async ({
  page,
  twofold,
}) => {
  const { app } = await twofold.api().enableApp(MIA);
  await openSecurityByApp(page, app);
  const answers = collectAnswers(page);
  await unlockSettings(page);
  const main = page.getByRole('main');
  await expect(main.getByText('Mobile app', { exact: true })).toBeVisible();
  await expect(main.getByText('Added', { exact: true })).toBeVisible();
  await expect(main.getByText('Last used', { exact: true })).toBeVisible();
  await expect(main.getByText('Primary phone')).toHaveCount(0);
  expect(await answers.all()).not.toContain(app.key);
});

test('S25: the settings lock themselves once the confirmed password has run out', async ({
  page,
  twofold,
}) => {
  await page.clock.install();
  await twofold.api().enableText(MIA, PHONE);
  await openSecurityByText(page, twofold);
  await unlockSettings(page);
  await expect(page.getByText(/Locks itself in (10:00|9:\d\d)/)).toBeVisible();
  await page.clock.fastForward('09:00');
  await expect(page.getByText(/Locks itself in 0:\d\d/)).toBeVisible();
  await page.clock.fastForward('01:01');
  await expect(viewLink(page)).toBeVisible();
  await expect(page.getByRole('main').getByText(written(PHONE))).toHaveCount(0);
});

test('S26, S27: a new primary phone counts once its own code is confirmed; until then the old one works', async ({
  page,
  twofold,
}) => {
  await twofold.api().enableText(MIA, PHONE);
  await openSecurityByText(page, twofold);
  await unlockSettings(page);
  await page.getByRole('button', { name: 'Edit primary phone' }).click();
  await page.getByLabel('Phone number').fill(NEW_PHONE);
  await page.getByRole('button', { name: 'Send Code' }).click();
  await expectCodeSent(page, NEW_PHONE);
  const code = await twofold.inbox.newestCode(NEW_PHONE);

  await codeField(page).fill(wrongCode(code));
  await expect(codeField(page)).toHaveAccessibleDescription(/That code is not right\./);
  expect((await twofold.api().challenge(MIA)).delivery?.maskedNumber).toBe('•••• 89');

  await codeField(page).fill(code);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The phone is saved.' })).toBeVisible();
  await expect(page.getByRole('main').getByText(written(NEW_PHONE))).toBeVisible();
  const sentBefore = (await twofold.inbox.texts(PHONE)).length;
  expect((await twofold.api().challenge(MIA)).delivery?.maskedNumber).toBe('•••• 91');
  expect(await twofold.inbox.texts(PHONE)).toHaveLength(sentBefore);
});

test('S26: a backup phone is added, and removed again', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE);
  await openSecurityByText(page, twofold);
  await unlockSettings(page);
  await page.getByRole('button', { name: 'Add a backup phone' }).click();
  await page.getByLabel('Phone number').fill(BACKUP_PHONE);
  await page.getByRole('button', { name: 'Send Code' }).click();
  await expectCodeSent(page, BACKUP_PHONE);
  await codeField(page).fill(await twofold.inbox.newestCode(BACKUP_PHONE));
  await expect(page.getByRole('main').getByText(written(BACKUP_PHONE))).toBeVisible();

  await page.getByRole('button', { name: 'Remove backup phone' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The backup phone is removed.' })).toBeVisible();
  await expect(page.getByRole('main').getByText(written(BACKUP_PHONE))).toHaveCount(0);
  expect((await twofold.api().challenge(MIA)).phones).toHaveLength(1);
});

test('S26: the method is changed from text messages to an app, and the recovery code stays', async ({
  page,
  twofold,
}) => {
  const { recoveryCode } = await twofold.api().enableText(MIA, PHONE);
  await openSecurityByText(page, twofold);
  await unlockSettings(page);
  await page.getByRole('button', { name: 'Change to: Mobile app' }).click();
  const app = new Authenticator(new URL(await scan(qrCode(page))).searchParams.get('secret')!);
  expect((await twofold.api().challenge(MIA)).method).toBe('SMS');
  await codeField(page).fill(await app.code());
  await expect(page.getByText('On · Mobile app')).toBeVisible();
  await expect(page.getByText('Save your recovery code')).toHaveCount(0);

  await page.context().clearCookies();
  await signIn(page, MIA);
  await page.getByRole('link', { name: 'Use recovery code' }).click();
  await page.getByLabel('Recovery code').fill(recoveryCode);
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(enableButton(page)).toBeVisible();
});

test('S26: the app is replaced: the new one signs in, the old one does not', async ({ page, twofold }) => {
  const { app: old } = await twofold.api().enableApp(MIA);
  await openSecurityByApp(page, old);
  await unlockSettings(page);
  await page.getByRole('button', { name: 'Replace' }).click();
  const app = new Authenticator(new URL(await scan(qrCode(page))).searchParams.get('secret')!);
  expect(app.key).not.toBe(old.key);
  await codeField(page).fill(await app.code());
  await expect(viewLink(page).or(page.getByText(/Locks itself in/))).toBeVisible();

  await page.context().clearCookies();
  await signIn(page, MIA);
  await codeField(page).fill(await new Authenticator(old.key).code());
  await expect(codeField(page)).toHaveAttribute('aria-invalid', 'true');
  await codeField(page).fill(await app.code());
  await page.getByRole('button', { name: 'Verify' }).click();
  await expectHome(page);
});

for (const settings of ['locked', 'shown'] as const) {
  test(`S28: "Disable Two-Factor Authentication" stands on the lower half of the screen (settings ${settings})`, async ({
    page,
    twofold,
  }) => {
    await twofold.api().enableText(MIA, PHONE);
    await openSecurityByText(page, twofold);
    if (settings === 'shown') await unlockSettings(page);
    const { top, height } = await disableButton(page).evaluate((button) => ({
      top: button.getBoundingClientRect().top + window.scrollY,
      height: document.documentElement.scrollHeight,
    }));
    expect(top).toBeGreaterThanOrEqual(height / 2);
    await disableButton(page).scrollIntoViewIfNeeded();
    const box = (await disableButton(page).boundingBox())!;
    expect(box.y).toBeGreaterThanOrEqual(page.viewportSize()!.height / 2);
  });
}

test('S29: disabling asks for the password, and a wrong one changes nothing', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE);
  await openSecurityByText(page, twofold);
  await disableButton(page).click();
  const dialog = page.getByRole('dialog', { name: 'Disable two-factor authentication?' });
  await expect(dialog).toContainText("You'll sign in with only your password.");
  await passwordIn(dialog).fill('not the password at all');
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await expect(passwordIn(dialog)).toHaveAccessibleDescription(/That password is incorrect\./);
  expect((await twofold.api().challenge(MIA)).method).toBe('SMS');
  await page.reload();
  await expect(page.getByText('On · Text messages')).toBeVisible();
});

test('S30: once disabled, sign-in is plain, the old secret is dead, and Enable is back', async ({
  page,
  twofold,
}) => {
  const { app, recoveryCode } = await twofold.api().enableApp(MIA);
  await openSecurityByApp(page, app);
  await disableButton(page).click();
  const dialog = page.getByRole('dialog');
  await passwordIn(dialog).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await expect(enableButton(page)).toBeVisible();
  await expect(viewLink(page)).toHaveCount(0);

  await page.context().clearCookies();
  await signIn(page, MIA);
  await expectHome(page);

  // Switched on anew there is another secret and another recovery code: neither of the old ones opens anything.
  const renewed = await twofold.api().enableApp(MIA);
  expect(renewed.app.key).not.toBe(app.key);
  await page.context().clearCookies();
  await signIn(page, MIA);
  await codeField(page).fill(await new Authenticator(app.key).code());
  await expect(codeField(page)).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('link', { name: 'Use recovery code' }).click();
  await page.getByLabel('Recovery code').fill(recoveryCode);
  await page.getByRole('button', { name: 'Verify and turn off' }).click();
  await expect(page.getByText('That recovery code is not right. Check it and try again.')).toBeVisible();
});
