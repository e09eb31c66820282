import { PHONE } from '../src/api.js';
import { expect, readingTest, test } from '../src/test.js';
import { watchForFaults } from '../src/watch.js';

const MIA = 'mia@demo.example';

for (const [operation, result] of [
  ['SignIn', '"SignedIn"'],
  ['Viewer', '"viewer": null'],
] as const) {
  readingTest(`/explorer runs ${operation} without network`, async ({ page, context, twofold }) => {
    const faults = await watchForFaults(context, twofold.url);
    await page.goto('/explorer');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.getByRole('menuitem', { name: operation, exact: true }).click();
    await expect(page.locator('.result-window')).toContainText(result);
    expect(faults.foreign).toEqual([]);
    expect(faults.violations).toEqual([]);
  });
}

readingTest(
  '/graphql shows a browser Apollo Sandbox, under a policy of its own',
  async ({ page, context, twofold }) => {
    const faults = await watchForFaults(context, twofold.url);
    // Without network Apollo's part cannot come. In its place stands one that notes what the page asks of it.
    const script = 'window.EmbeddedSandbox = class { constructor(options) { window.sandbox = options; } };';
    await page.route(/\/embeddable-sandbox\.umd\.production\.min\.js/, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        headers: { 'access-control-allow-origin': '*' },
        body: script,
      }),
    );
    const answer = (await page.goto('/graphql'))!;
    expect(answer.status()).toBe(200);
    const policy = answer.headers()['content-security-policy'] ?? '';
    expect(policy).toContain('frame-src https://*.apollographql.com');
    expect(policy).toContain("frame-ancestors 'none'");
    await expect.poll(() => page.evaluate('JSON.stringify(window.sandbox)')).toContain('mutation SignIn');
    expect(faults.violations).toEqual([]);
    const hosts = faults.foreign.map((url) => new URL(url).hostname);
    expect(hosts.filter((host) => !/(^|\.)(apollographql|googleapis|gstatic)\.com$/.test(host))).toEqual([]);
  },
);

test('/dev/inbox shows a text as it comes, with its code to copy', async ({ page, context, twofold }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const faults = await watchForFaults(context, twofold.url);
  await page.goto('/dev/inbox');
  await expect(page.getByText('Waiting for the first message…')).toBeVisible();
  await twofold.api().enableText(MIA, PHONE);
  const code = await twofold.inbox.newestCode(PHONE);
  const text = page
    .getByRole('listitem')
    .filter({ hasText: `Text to ${PHONE}` })
    .first();
  await expect(text).toContainText(`${code} is your Demo Signage security code.`);
  await text.getByRole('button', { name: `Copy ${code}` }).click();
  await expect(page.getByText(`Copied ${code}.`)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  expect(faults).toEqual({ foreign: [], violations: [], console: [] });
});

readingTest('the client shows the way to the inbox in development', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(MIA);
  await page.getByLabel('Password', { exact: true }).fill('correct-horse-battery-staple');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Demo inbox' }).click();
  await expect((await opening).getByRole('heading', { name: 'Demo inbox' })).toBeVisible();
});
