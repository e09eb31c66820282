import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  ChangePasswordDocument,
  ConfirmPhoneChangeDocument,
  DisableTwoFactorDocument,
  EnableTwoFactorDocument,
  EndOtherSessionsDocument,
  EndSessionDocument,
  EndUserSessionsDocument,
  RegenerateRecoveryCodeDocument,
  RemoveBackupPhoneDocument,
  RemoveTrustedBrowserDocument,
  RemoveTrustedBrowsersDocument,
  SignOutDocument,
  TrustedBrowsersDocument,
  VerifyRecoveryCodeDocument,
  VerifyTwoFactorCodeDocument,
  ViewerDocument,
} from '@twofold/contract/graphql';
import { MINUTE } from '@twofold/core/ports';
import { fakeHasher } from '@twofold/core/testing/fake-hasher';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../databases/open-test-database.js';
import { Browser } from '../harness/browser.js';
import type { Client } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import type { Scene } from '../harness/scene.js';
import { ended, openScene } from '../harness/scene.js';
import type { Known } from './cast.js';
import { openCast, OTHER_PASSWORD, setUp } from './cast.js';
import type { Change, Endable } from './endings.js';
import { endable, endings } from './endings.js';

/** An account in which everything that a change may end is alive. */
interface Account {
  readonly id: string;
  own: Client;
  readonly other: Client;
  readonly challengeToken: string;
  readonly signInCode: string;
  /** All else that is to know of its owner. */
  readonly known: Known;
  readonly ownSetupCode: string;
  readonly otherSetupCode: string;
  /** The session in which the own set-up was started. */
  readonly starter: Client;
  /** Trusted, and signed out. */
  readonly browser: Browser;
  password: string;
}

describe.each(databases)('what a change ends, on $name', ({ open }) => {
  const hasher = fakeHasher();
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open, { outside: { hasher } });
  });
  afterAll(() => scene.close());

  async function protectedAccount(
    prepare: (own: Client, known: Known) => Promise<unknown>,
  ): Promise<Account> {
    const cast = await openCast(scene, hasher);
    const { client: own, known } = await cast.as('member');
    const { client: other } = await cast.as('unconfirmed');
    const { client: owner } = await cast.as('owner');
    await other.confirmPassword();
    await prepare(own, known);
    const browser = await trustedBrowser(known.email);
    const setups = [await setUp(scene, own), await setUp(scene, other)].map(codeOf);
    const { challengeToken } = await scene.service.client().challenge(known.email);
    const signInCode = scene.service.outbox.lastCode();
    const [ownSetupCode = '', otherSetupCode = ''] = setups;
    return {
      id: known.id,
      own,
      starter: own,
      other,
      known: { ...known, owner },
      challengeToken,
      signInCode,
      ownSetupCode,
      otherSetupCode,
      browser,
      password: PASSWORD,
    };
  }

  async function trustedBrowser(email: string): Promise<Browser> {
    const browser = new Browser(scene.service.url);
    const signIn = await browser.signIn(email);
    if (signIn.__typename !== 'TwoFactorChallenge') throw new Error('There is no challenge.');
    const { challengeToken } = signIn;
    const input = { challengeToken, code: scene.service.outbox.lastCode(), trustBrowser: true };
    await done(browser, VerifyTwoFactorCodeDocument, { input });
    await browser.run(SignOutDocument);
    scene.service.clock.advance(MINUTE);
    return browser;
  }

  /** Of a user without two-factor, who is never challenged. */
  async function plainAccount(): Promise<Account> {
    const { id, email, owner: own } = await scene.plainUser();
    const other = await scene.service.signedIn(email);
    const [ownSetupCode = '', otherSetupCode = ''] = [await setUp(scene, own), await setUp(scene, other)].map(
      codeOf,
    );
    const browser = new Browser(scene.service.url);
    const none = { challengeToken: 'none', signInCode: '000000', known: {}, browser, password: PASSWORD };
    return { id, own, starter: own, other, ...none, ownSetupCode, otherSetupCode };
  }

  const accountFor = (change: Change): Promise<Account> => {
    if (change === 'enableTwoFactor, the first') return plainAccount();
    return protectedAccount(async (own, known) => {
      if (change === 'removeBackupPhone') await done(own, ConfirmPhoneChangeDocument, phoneChange(known));
    });
  };

  const changes: Record<Change, (account: Account) => Promise<unknown>> = {
    changePassword: (account) => {
      account.password = 'violet umbrella tango 71';
      const input = { currentPassword: PASSWORD, newPassword: account.password };
      return done(account.own, ChangePasswordDocument, { input });
    },
    'enableTwoFactor, the first': ({ own, ownSetupCode }) =>
      done(own, EnableTwoFactorDocument, { input: { code: ownSetupCode } }),
    'enableTwoFactor, another method': ({ own, ownSetupCode }) =>
      done(own, EnableTwoFactorDocument, { input: { code: ownSetupCode } }),
    disableTwoFactor: ({ own }) => done(own, DisableTwoFactorDocument, { input: { password: PASSWORD } }),
    async verifyRecoveryCode(account) {
      const client = scene.service.client();
      const { challengeToken } = await client.challenge(account.known['email'] as string);
      const recoveryCode = account.known['recoveryCode'] as string;
      const input = { challengeToken, recoveryCode };
      const { verifyRecoveryCode } = await client.run(VerifyRecoveryCodeDocument, { input });
      if (verifyRecoveryCode.__typename !== 'SignedIn') throw new Error('There is no session.');
      client.token = verifyRecoveryCode.sessionToken ?? null;
      account.own = client;
    },
    confirmPhoneChange: ({ own, known }) => done(own, ConfirmPhoneChangeDocument, phoneChange(known)),
    removeBackupPhone: ({ own }) => done(own, RemoveBackupPhoneDocument, {}),
    regenerateRecoveryCode: ({ own }) => done(own, RegenerateRecoveryCodeDocument, {}),
    signOut: ({ own }) => own.run(SignOutDocument),
    async endSession({ own, other }) {
      const { session } = await other.run(ViewerDocument);
      await done(own, EndSessionDocument, { input: { sessionId: session?.id ?? '' } });
    },
    endOtherSessions: ({ own }) => done(own, EndOtherSessionsDocument, {}),
    async endUserSessions({ id, known }) {
      const { owner } = known as { owner: Client };
      await owner.confirmPassword(OTHER_PASSWORD);
      await done(owner, EndUserSessionsDocument, { input: { userId: id } });
    },
    async removeTrustedBrowser({ own }) {
      const { trustedBrowsers } = await own.run(TrustedBrowsersDocument);
      for (const { id } of trustedBrowsers)
        await done(own, RemoveTrustedBrowserDocument, { input: { trustedBrowserId: id } });
    },
    removeTrustedBrowsers: ({ own }) => done(own, RemoveTrustedBrowsersDocument, {}),
    'the account is disabled': ({ id }) =>
      scene.database.database.sql.run('UPDATE users SET disabled_at = ? WHERE id = ?', [scene.now(), id]),
  };

  const probes: Record<Endable, (account: Account) => Promise<boolean>> = {
    own: ({ own }) => isAlive(own, ViewerDocument, {}),
    other: ({ other }) => isAlive(other, ViewerDocument, {}),
    challenge: ({ challengeToken, signInCode: code }) =>
      isAlive(scene.service.client(), VerifyTwoFactorCodeDocument, { input: { challengeToken, code } }),
    ownSetup: ({ starter, ownSetupCode: code }) =>
      isAlive(starter, EnableTwoFactorDocument, { input: { code } }),
    otherSetup: ({ other, otherSetupCode: code }) =>
      isAlive(other, EnableTwoFactorDocument, { input: { code } }),
    async trust({ id, browser, known, password }) {
      const rows = await scene.database.database.sql.all('SELECT 1 FROM trusted_browsers WHERE user_id = ?', [
        id,
      ]);
      const { __typename } = await browser.signIn(known['email'] as string, password);
      return rows.length > 0 && __typename === 'SignedIn';
    },
  };

  // A probe may itself end things: each has an account of its own.
  it.each(Object.keys(endings) as Change[])('%s', async (change) => {
    const fates: Record<string, string> = {};
    for (const thing of Object.keys(endable) as Endable[]) {
      const fate = async () => {
        const account = await accountFor(change);
        await changes[change](account);
        return (await probes[thing](account)) ? 'lives' : 'ends';
      };
      fates[thing] = endings[change][thing] === 'cannot be' ? 'cannot be' : await fate();
    }
    expect(fates).toEqual(endings[change]);
  });

  it('where nothing is changed, everything lives', async () => {
    for (const thing of Object.keys(endable) as Endable[]) {
      const account = await accountFor('changePassword');
      expect([thing, await probes[thing](account)]).toEqual([thing, true]);
    }
  });
});

const codeOf = (setup: Known) => setup['enableTwoFactor.code'] as string;

const phoneChange = (known: Known) => ({
  input: { slot: 'BACKUP' as const, code: known['confirmPhoneChange.code'] as string },
});

/** Does what must succeed. */
async function done<Variables>(
  client: Client,
  document: TypedDocumentNode<unknown, Variables>,
  variables: Variables,
): Promise<void> {
  const ending = await ended(client, document, variables);
  if (/^[A-Z_]+$/.test(ending)) throw new Error(`It was refused: ${ending}`);
}

const overs = new Set(['UNAUTHENTICATED', 'CHALLENGE_EXPIRED', 'SETUP_EXPIRED']);

/** Whether it works still; a refusal for another reason than that it is over fails the test. */
async function isAlive<Variables>(
  client: Client,
  document: TypedDocumentNode<unknown, Variables>,
  variables: Variables,
): Promise<boolean> {
  const answer = await client.send<Record<string, { __typename?: string; code?: string }>>(
    print(document),
    variables,
  );
  const [result] = Object.values(answer.data ?? {});
  const refusal =
    answer.errors?.[0]?.extensions.code ?? (result?.__typename === 'Problem' ? result.code : null);
  if (refusal == null) return true;
  if (!overs.has(refusal)) throw new Error(`Unexpected answer: ${answer.text}`);
  return false;
}
