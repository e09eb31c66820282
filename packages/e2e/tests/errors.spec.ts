import { ChangePasswordDocument } from '@twofold/contract/graphql';
import { PASSWORD, PHONE } from '../src/api.js';
import { wrongCode } from '../src/inbox.js';
import {
  codeField,
  expectCodeSent,
  expectHome,
  signIn,
  signInHome,
  submitPassword,
  userIcon,
} from '../src/steps.js';
import { expect, readingTest, test } from '../src/test.js';

const MIA = 'mia@demo.example';
const NEW_PASSWORD = 'violet tractor hums over granite';
const NETWORK = "We couldn't reach the server. Check your connection and try again.";

test('while the server is down the page says so, and its retry works once it is up again', async ({
  page,
  twofold,
}) => {
  await signInHome(page, MIA);
  await page.getByRole('main').getByRole('link', { name: 'My Account' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'My Account' })).toBeVisible();
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await expect(page.getByText('1–25 of 50')).toBeVisible();

  await twofold.server.crash();
  await page.getByRole('button', { name: 'Email' }).click();
  await expect(page.getByRole('alert')).toContainText(NETWORK);
  await twofold.server.start();
  await page
    .getByRole('alert')
    .getByRole('button', { name: /^(Try again|Retry)$/ })
    .click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('columnheader', { name: 'Email' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.getByRole('table').getByRole('link').first()).toHaveText('Abel Norman');
});

readingTest(
  'on a slow way to the server the name shows, and gives its place to the page or to the reason why there is none',
  async ({ page }) => {
    const name = page.getByText('Twofold', { exact: true });
    let answer = (_isThere: boolean): void => {};
    const isThere = new Promise<boolean>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => ((await isThere) ? route.continue() : route.abort()));
    await page.goto('/sign-in');
    await expect(name).toBeVisible();
    await expect(page.getByRole('main')).toHaveCount(0);
    answer(false);
    await expect(page.getByRole('alert')).toContainText(NETWORK);
    await expect(name).toHaveCount(1);

    await page.unroute('**/graphql');
    await page.reload();
    await expect(page.getByLabel('Email')).toBeVisible();
    await expect(name).toHaveCount(1);
  },
);

test('a form that could not be sent keeps what was typed', async ({ page, twofold }) => {
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email')).toBeVisible();
  await twofold.server.crash();
  await submitPassword(page, MIA);
  await expect(page.getByRole('alert')).toContainText(NETWORK);
  await expect(page.getByLabel('Email')).toHaveValue(MIA);
  await twofold.server.start();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expectHome(page);
});

test('a session that ended elsewhere leads to the sign-in, which says why and leads back to the page', async ({
  page,
  twofold,
}) => {
  await signInHome(page, MIA);
  await page.goto('/account/general');
  await expect(page.getByRole('heading', { level: 1, name: 'My Account' })).toBeVisible();

  // Another device changes the password: every other session ends.
  const api = twofold.api();
  await api.signIn(MIA);
  const input = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
  const { changePassword } = await api.run(ChangePasswordDocument, { input });
  expect(changePassword.__typename).toBe('PasswordChanged');

  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await expect(page.getByText("You've been signed out. Sign in to continue.")).toBeVisible();
  await submitPassword(page, MIA, NEW_PASSWORD);
  await expect(page).toHaveURL(/\/account\/users$/);
  await expect(page.getByText('1–25 of 50')).toBeVisible();
});

readingTest('Sign out ends the session without a reproach', async ({ page, twofold }) => {
  await signInHome(page, MIA);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, path: '/' });
  await userIcon(page).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Email')).toBeVisible();
  await expect(page.getByText("You've been signed out.")).toHaveCount(0);

  // The token itself is dead, not only its cookie.
  await page.context().addCookies([{ name: cookie!.name, value: cookie!.value, url: twofold.url }]);
  await page.goto('/account/users');
  await expect(page.getByLabel('Email')).toBeVisible();
});

readingTest('a page that asks for a sign-in is where the sign-in leads', async ({ page }) => {
  await page.goto('/account/users?search=noah');
  await submitPassword(page, MIA);
  await expect(page).toHaveURL(/\/account\/users\?search=noah$/);
  await expect(page.getByRole('link', { name: 'Noah Bennett' })).toBeVisible();
});

for (const next of ['//evil.example/', '/\\evil.example/', 'https://evil.example/', 'javascript:alert(1)']) {
  readingTest(`a sign-in leads to no other site: ${next}`, async ({ page, twofold }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await submitPassword(page, MIA);
    await expectHome(page);
    expect(new URL(page.url()).origin).toBe(twofold.url);
  });
}

readingTest(
  'a user of another organisation, and one that never was, are told apart by nobody',
  async ({ page, browser, twofold }) => {
    const elsewhere = await browser.newContext({ baseURL: twofold.url, locale: 'en-GB' });
    const zoe = await elsewhere.newPage();
    await signInHome(zoe, 'zoe@other.example');
    await zoe.goto('/account/general');
    await zoe.getByRole('link', { name: 'Open your profile' }).click();
    await expect(zoe.getByRole('heading', { level: 1, name: 'Zoe Castellan' })).toBeVisible();
    const path = new URL(zoe.url()).pathname;
    await elsewhere.close();

    await signInHome(page, 'olivia@demo.example');
    for (const unknown of [path, '/users/nobody/security']) {
      await page.goto(unknown);
      await expect(page.getByText("This user doesn't exist or you can't see them.")).toBeVisible();
      await expect(page.getByText('Zoe')).toHaveCount(0);
    }
    await page.getByRole('link', { name: 'Back to users' }).click();
    await expect(page.getByText('1–25 of 50')).toBeVisible();
  },
);

readingTest('an address where nothing is says so, and leads home', async ({ page }) => {
  await signInHome(page, MIA);
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to the home page' }).click();
  await expectHome(page);
});

test('a reload keeps the challenge, sends no second text, and the code still signs in', async ({
  page,
  twofold,
}) => {
  await twofold.api().enableText(MIA, PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  const sent = (await twofold.inbox.texts()).length;
  await page.reload();
  await expectCodeSent(page, PHONE);
  expect(await twofold.inbox.texts()).toHaveLength(sent);
  await codeField(page).fill(await twofold.inbox.newestCode(PHONE));
  await expectHome(page);
});

test('the second step is left by Cancel, and its challenge is forgotten', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByLabel('Email')).toBeVisible();
  await page.goto('/sign-in/verify');
  await expect(page.getByLabel('Email')).toBeVisible();
});

test('a challenge that has run out leads to the start, and says so', async ({ page, twofold }) => {
  await page.clock.install();
  await twofold.api().enableText(MIA, PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  await page.clock.fastForward('10:01');
  await expect(page.getByRole('main').getByText('This sign-in has run out. Sign in again.')).toBeVisible();
  await expect(page.getByLabel('Email')).toBeVisible();
});

test('a wrong code is told at its field, in the title and by the focus', async ({ page, twofold }) => {
  await twofold.api().enableText(MIA, PHONE);
  await signIn(page, MIA);
  await expectCodeSent(page, PHONE);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(codeField(page)).toHaveAccessibleDescription(/Enter the 6-digit code\./);
  await codeField(page).fill(wrongCode(await twofold.inbox.newestCode(PHONE)));
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(codeField(page)).toHaveAccessibleDescription(/That code is not right\./);
  await expect(codeField(page)).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
});

test('after ten wrong codes the right one is refused too, and the wait is counted down', async ({
  page,
  twofold,
}) => {
  await page.clock.install();
  const { app } = await twofold.api().enableApp(MIA);
  await twofold.api().failSecondStep(MIA, 10, app.wrongCode());
  await signIn(page, MIA);
  await codeField(page).fill(await app.code());
  await expect(page.getByText('Too many attempts. Try again in 15 min.')).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
  await page.clock.fastForward('05:30');
  await expect(page.getByText(/^Too many attempts\. Try again in (9|10) min\.$/)).toBeVisible();
});
