import { expect, type Locator, type Page } from '@playwright/test';
import { PASSWORD } from './api.js';

/** Fills the first step in and sends it; what comes next is the caller's to expect. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in');
  await submitPassword(page, email, password);
}

/** The same, on the sign-in page that is open. */
export async function submitPassword(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function expectHome(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: /^Welcome/ })).toBeVisible();
}

/** Signs a user without two-factor in. */
export async function signInHome(page: Page, email: string): Promise<void> {
  await signIn(page, email);
  await expectHome(page);
}

/** From any page of a signed-in user to the own Security tab, as the article goes. */
export async function openOwnSecurity(page: Page): Promise<void> {
  await userIcon(page).click();
  await page.getByRole('banner').getByRole('link', { name: 'My Account' }).click();
  await page.getByRole('link', { name: 'Open your profile' }).click();
  await page.getByRole('link', { name: 'Security', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Two-factor authentication', exact: true })).toBeVisible();
}

/** From any page of a signed-in user to somebody's Security tab. */
export async function openSecurityOf(page: Page, name: string): Promise<void> {
  await page.goto('/account/users');
  await page.getByRole('searchbox').fill(name);
  await expect(page).toHaveURL(/search=/);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('link', { name: 'Security', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Two-factor authentication', exact: true })).toBeVisible();
}

/** Signs a user without two-factor in, up to the own Security tab. */
export async function signInToSecurity(page: Page, email: string): Promise<void> {
  await signInHome(page, email);
  await openOwnSecurity(page);
}

export const userIcon = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { name: /^Your account/ });

export const enableButton = (page: Page): Locator =>
  page.getByRole('button', { name: 'Enable Two-Factor Authentication' });

export const disableButton = (page: Page): Locator =>
  page.getByRole('button', { name: 'Disable Two-Factor Authentication' });

export const viewLink = (page: Page): Locator => page.getByRole('button', { name: 'Click to View' });

export const codeField = (page: Page): Locator => page.getByLabel('Security code');

/** Groups of Crockford's base32, as the contract describes the recovery code. */
const recoveryCodeForm = /^[0-9A-HJKMNP-TV-Z*~$=U]+(-[0-9A-HJKMNP-TV-Z*~$=U]+)+$/;

/** The recovery code on the page that shows it. */
export async function readRecoveryCode(page: Page): Promise<string> {
  await expect(page.getByText('Save your recovery code')).toBeVisible();
  return page.getByText(recoveryCodeForm).innerText();
}

/** "Click to View", the password, and the settings. */
export async function unlockSettings(page: Page, password = PASSWORD): Promise<void> {
  await viewLink(page).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Recovery code', { exact: true })).toBeVisible();
}

/** From the own Security tab to the step that shows the QR code. */
export async function openAppSetup(page: Page): Promise<void> {
  await enableButton(page).click();
  await page.getByRole('button', { name: 'Use a mobile app' }).click();
  await expect(qrCode(page)).toBeVisible();
}

export const qrCode = (page: Page): Locator => page.getByRole('img', { name: /QR code/ });

/** The manual key as it is shown, in groups. */
export async function readManualKey(page: Page): Promise<string> {
  await page.getByText("Can't scan? Enter this code manually").click();
  return page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).innerText();
}

/** From the own Security tab to the code of a text message. */
export async function sendSetupText(page: Page, phone: string): Promise<void> {
  await enableButton(page).click();
  await page.getByRole('button', { name: 'Use text messages' }).click();
  await page.getByLabel('Phone number').fill(phone);
  await page.getByRole('button', { name: 'Send Code' }).click();
  await expectCodeSent(page, phone);
}

/** What says so to the eye; a live region says it to screen readers besides. */
export async function expectCodeSent(page: Page, phone: string): Promise<void> {
  const masked = `•••• ${phone.slice(-2)}`;
  await expect(page.getByRole('main').getByText(`We sent a code to ${masked}.`)).toBeVisible();
}

/** Ticks the box and leaves the recovery code behind. */
export async function finishRecoveryCode(page: Page): Promise<void> {
  await page.getByLabel("I've saved my recovery code").check();
  await page.getByRole('button', { name: 'Finish' }).click();
}
