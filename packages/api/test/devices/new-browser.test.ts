import { ChangePasswordDocument, SignOutDocument } from '@twofold/contract/graphql';
import { DAY, SECOND } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, openScene } from '../harness/scene.js';
import { arrive, CHROME, NamedBrowser, provedIn } from './devices-scene.js';

describe.each(databases)('the mail about a new browser, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  const newBrowser = (device?: string) => new NamedBrowser(scene.service.url, device);
  const told = (email: string) =>
    scene.service.outbox.mails.filter(({ to, subject }) => to === email && subject.startsWith('New sign-in'));

  it('the first sign-in of an account is not mailed, nor is a browser that is known', async () => {
    const { email } = await scene.signage.user();
    const browser = newBrowser();
    for (let i = 0; i < 3; i++) {
      expect(await arrive(browser, email)).toBe('SignedIn');
      await browser.run(SignOutDocument);
    }
    expect(told(email)).toEqual([]);
  });

  it('another browser is: by which, from where, when and what to do, with the page of devices', async () => {
    const { email, id } = await scene.signage.user();
    await arrive(newBrowser(), email);
    const chrome = newBrowser(CHROME);
    await arrive(chrome, email);
    await arrive(chrome, email);
    const [mail, ...more] = told(email);
    expect(more).toEqual([]);
    expect(mail?.text).toContain('Where: Chrome on Windows, from 127.0.0.1');
    expect(mail?.text).toMatch(/When: \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(mail?.text).toMatch(/change it at once/);
    expect(mail?.text).toContain(`http://dashboard.example/users/${id}/devices`);
  });

  it('a wrong password or a pending second step is not: only a sign-in that is complete', async () => {
    const person = await scene.appUser();
    const browser = newBrowser(CHROME);
    await arrive(browser, person.email, 'not the password');
    await arrive(browser, person.email);
    const before = told(person.email).length;
    await provedIn(scene, browser, person, false);
    expect(told(person.email).length - before).toBe(1);
    await provedIn(scene, browser, person, false);
    expect(told(person.email).length - before).toBe(1);
  });

  it('after a changed password other browsers are new again', async () => {
    const { email } = await scene.signage.user();
    const [own, other] = [newBrowser(), newBrowser(CHROME)];
    await arrive(other, email);
    await arrive(own, email);
    scene.service.clock.advance(SECOND);
    const newPassword = 'violet umbrella tango 71';
    await own.run(ChangePasswordDocument, { input: { currentPassword: PASSWORD, newPassword } });
    const before = told(email).length;
    await arrive(own, email, newPassword);
    expect(told(email)).toHaveLength(before);
    await arrive(other, email, newPassword);
    expect(told(email)).toHaveLength(before + 1);
  });

  it('a program is mailed once in 30 days for what it calls itself, also when 50 come at once', async () => {
    const { email } = await scene.signage.user();
    await scene.service.signedIn(email);
    await atOnce(50, () => scene.service.signedIn(email));
    expect(told(email)).toHaveLength(1);
    scene.service.clock.advance(29 * DAY);
    await scene.service.signedIn(email);
    expect(told(email)).toHaveLength(1);
    scene.service.clock.advance(DAY);
    await scene.service.signedIn(email);
    expect(told(email)).toHaveLength(2);
  });

  it('threat: what a client calls itself brings no link and no line into the mail', async () => {
    const { email } = await scene.signage.user();
    await arrive(newBrowser(), email);
    await arrive(newBrowser('evil.example/1.0 https://evil.example'), email);
    const [mail] = told(email);
    expect(mail?.text).toContain('Where: an unknown program');
    expect(mail?.text).not.toContain('evil');
  });
});
