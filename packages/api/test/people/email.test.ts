import {
  ConfirmEmailChangeDocument,
  EmailChangeDocument,
  RequestEmailChangeDocument,
  ReportNotMeDocument,
  UsersDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { DAY } from '@twofold/core/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import type { Client } from '../harness/client.js';
import { mailedLink, tokensTo } from '../harness/mailed-link.js';
import type { Scene } from '../harness/scene.js';
import { atOnce, ended, openScene, resultOf, tally } from '../harness/scene.js';

describe.each(databases)('a change of email, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  let addresses = 0;
  const newAddress = () => `changed-${String(addresses++)}@mail.example`;
  const request = (client: Client, newEmail: string) =>
    resultOf(client, RequestEmailChangeDocument, { input: { newEmail } });
  const confirm = async (token: string) => {
    const { __typename, code } = await resultOf(scene.service.client(), ConfirmEmailChangeDocument, {
      input: { token },
    });
    return code ?? __typename;
  };
  async function confirmedPerson() {
    const person = await scene.plainUser();
    await person.owner.confirmPassword();
    return person;
  }
  async function asked() {
    const person = await confirmedPerson();
    const newEmail = newAddress();
    await request(person.owner, newEmail);
    return { ...person, newEmail, token: await mailedLink(scene.service, newEmail, 'confirm-email') };
  }
  const signInEnd = async (email: string) => {
    const answer = await scene.service.client().signIn(email);
    return 'code' in answer ? answer.code : answer.__typename;
  };

  it('PEOPLE-6: a new email counts once it is confirmed there; the old one is told', async () => {
    const { email, owner, newEmail, token } = await asked();
    expect((await owner.run(ViewerDocument)).viewer?.email).toBe(email);
    expect((await scene.service.client().run(EmailChangeDocument, { token })).emailChange).toMatchObject({
      newEmail,
    });
    expect(await confirm(token)).toBe('EmailChanged');
    expect((await owner.run(ViewerDocument)).viewer?.email).toBe(newEmail);
    expect([await signInEnd(email), await signInEnd(newEmail)]).toEqual(['INVALID_CREDENTIALS', 'SignedIn']);
    const told = scene.service.outbox.mails.filter(({ to }) => to === email).map(({ subject }) => subject);
    expect(told).toContain('A change of your email address was asked for');
    await mailedLink(scene.service, email, 'not-me');
    // A search finds the new one and no longer the old one.
    const search = async (part: string) => {
      const orderBy = { field: 'NAME', direction: 'ASC' } as const;
      return (await owner.run(UsersDocument, { first: 5, search: part, orderBy })).users.nodes.map(
        (user) => user.email,
      );
    };
    expect([await search(newEmail), await search(email)]).toEqual([[newEmail], []]);
  });

  it('PEOPLE-6: the link works once, for 24 hours', async () => {
    const { token } = await asked();
    expect(await confirm(token)).toBe('EmailChanged');
    expect(await confirm(token)).toBe('LINK_EXPIRED');
    const { token: late } = await asked();
    scene.service.clock.advance(DAY);
    expect(await confirm(late)).toBe('LINK_EXPIRED');
  });

  it('threat: it takes the password, and does not tell whether an email has an account', async () => {
    const { owner } = await scene.plainUser();
    expect(await request(owner, newAddress())).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED' });
    await owner.confirmPassword();
    expect(await request(owner, 'no address')).toMatchObject({ code: 'EMAIL_INVALID', field: 'newEmail' });
    const { email: taken } = await scene.signage.user();
    expect(await request(owner, taken)).toMatchObject({
      __typename: 'EmailChangeRequested',
      newEmail: taken,
    });
    expect(tokensTo(scene.service, taken, 'confirm-email')).toEqual([]);
  });

  it('threat: of two who confirm one email at once one gets it', async () => {
    const newEmail = newAddress();
    const people = [await confirmedPerson(), await confirmedPerson()];
    const tokens: string[] = [];
    for (const { owner } of people) {
      await request(owner, newEmail);
      tokens.push(await mailedLink(scene.service, newEmail, 'confirm-email', tokens.at(-1)));
    }
    expect(tally(await Promise.all(tokens.map(confirm)))).toEqual({ EmailChanged: 1, EMAIL_TAKEN: 1 });
    const { token } = await asked();
    expect(tally(await atOnce(50, () => confirm(token)))).toEqual({ EmailChanged: 1, LINK_EXPIRED: 49 });
  });

  it('WAY-BACK-4: "this wasn\'t me" in the mail to the old address gives it back', async () => {
    const { email, newEmail, token } = await asked();
    await confirm(token);
    const notMe = await mailedLink(scene.service, email, 'not-me');
    expect(await ended(scene.service.client(), ReportNotMeDocument, { input: { token: notMe } })).toBe(
      'NotMeReported',
    );
    expect([await signInEnd(email), await signInEnd(newEmail)]).toEqual([
      'PASSWORD_RESET_DUE',
      'INVALID_CREDENTIALS',
    ]);
    await mailedLink(scene.service, email, 'reset-password');
  });
});
