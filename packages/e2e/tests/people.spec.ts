import { PASSWORD } from '../src/api.js';
import { expectAccessible } from '../src/axe.js';
import { expectHome, signIn, signInHome } from '../src/steps.js';
import { expect, test } from '../src/test.js';

const NEW_PASSWORD = 'violet tractor hums over granite';

test('PEOPLE-1, 2: an administrator invites somebody, who chooses a password and is in', async ({
  page,
  twofold,
}) => {
  await signInHome(page, 'adam@demo.example');
  await page.goto('/account/users');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(dialog.getByLabel('Email')).toBeFocused();
  await dialog.getByLabel('Email').fill('nina@demo.example');
  await dialog.getByLabel('Name').fill('Nina Ostrowski');
  await expectAccessible(page, 'the invitation');
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  const confirmation = page.getByRole('dialog', { name: 'Confirm your password' });
  await confirmation.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await confirmation.getByRole('button', { name: 'Continue' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'The invitation to nina@demo.example is sent.' }),
  ).toBeVisible();
  await expect(page.getByText('1 invitation is open')).toBeVisible();
  await expectAccessible(page, 'the open invitations');

  const link = await twofold.inbox.link('nina@demo.example', 'invitation');
  await page.goto(link);
  await expect(page.getByText('You are signed in as Adam')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Join Demo Signage' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  await expectAccessible(page, 'joining');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome, Nina Ostrowski' })).toBeVisible();
});

test('PEOPLE-3: an invitation that is withdrawn leads nowhere', async ({ page, twofold }) => {
  await signInHome(page, 'olivia@demo.example');
  await page.goto('/account/users');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('Email').fill('rob@demo.example');
  await dialog.getByLabel('Name').fill('Rob Achterberg');
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  const confirmation = page.getByRole('dialog', { name: 'Confirm your password' });
  await confirmation.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await confirmation.getByRole('button', { name: 'Continue' }).click();
  const link = await twofold.inbox.link('rob@demo.example', 'invitation');
  await page.getByRole('button', { name: 'Withdraw the invitation of Rob Achterberg' }).click();
  await expect(page.getByText('1 invitation is open')).toBeHidden();
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'This link no longer works' })).toBeVisible();
});

test('PEOPLE-4, 5: a forgotten password is replaced by a link, and the same is said of an unknown email', async ({
  page,
  twofold,
}) => {
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await expectAccessible(page, 'forgot the password');
  for (const email of ['nobody@demo.example', 'mia@demo.example']) {
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Mail me a link' }).click();
    await expect(page.getByText(`If there is an account for ${email}, a link is on its way.`)).toBeVisible();
    if (email.startsWith('nobody')) await page.getByRole('button', { name: 'Ask for another link' }).click();
  }
  await expectAccessible(page, 'asked for');

  const link = await twofold.inbox.link('mia@demo.example', 'reset-password');
  await page.goto(link);
  await expect(page.getByText('For mia@demo.example.')).toBeVisible();
  await page.getByLabel('New password', { exact: true }).fill('password1234');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('Choose a longer or less common password.')).toBeVisible();
  await expectAccessible(page, 'a weak password');
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your password is set' })).toBeFocused();
  await signIn(page, 'mia@demo.example', NEW_PASSWORD);
  await expectHome(page);

  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'This link no longer works' })).toBeVisible();
});

test('PEOPLE-6: a new email counts once it is confirmed', async ({ page, twofold }) => {
  await signInHome(page, 'liam@demo.example');
  await page.goto('/account/general');
  await page.getByRole('link', { name: 'Open your profile' }).click();
  await page.getByLabel('New email').fill('liam.new@demo.example');
  await page.getByRole('button', { name: 'Change email' }).click();
  const confirmation = page.getByRole('dialog', { name: 'Confirm your password' });
  await confirmation.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await confirmation.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('We mailed a link to liam.new@demo.example.')).toBeVisible();
  await expectAccessible(page, 'the profile');

  await page.goto(await twofold.inbox.link('liam.new@demo.example', 'confirm-email'));
  await expectAccessible(page, 'to confirm');
  await page.getByRole('button', { name: 'Use this email' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your email is changed' })).toBeFocused();
  await page.context().clearCookies();
  await signIn(page, 'liam.new@demo.example');
  await expectHome(page);
});
