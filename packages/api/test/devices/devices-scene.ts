import {
  SignInDocument,
  SignOutDocument,
  TrustedBrowsersDocument,
  VerifyTwoFactorCodeDocument,
} from '@twofold/contract/graphql';
import { SECOND } from '@twofold/core/ports';
import { Browser } from '../harness/browser.js';
import type { Answer } from '../harness/client.js';
import { PASSWORD } from '../harness/password.js';
import type { ProtectedPerson, Scene } from '../harness/scene.js';
import type { App } from '../harness/client.js';

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
export const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0.0.0 Safari/537.36';

export const TRUST = 'twofold_trust';

/** A browser that calls itself something. */
export class NamedBrowser extends Browser {
  constructor(
    private readonly at_: string,
    readonly device = FIREFOX,
    cookies?: Map<string, string>,
  ) {
    super(at_, cookies);
  }

  override send<Data = Record<string, unknown>>(
    query: string,
    variables?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    return super.send(query, variables, { 'user-agent': this.device, ...headers });
  }

  /** With the same cookies as of now: what a thief of them has. */
  copy(device = CHROME): NamedBrowser {
    return new NamedBrowser(this.at_, device, new Map(this.cookies));
  }
}

export type AppPerson = ProtectedPerson & { readonly app: App };

/** signIn; answers the name of its end. */
export async function arrive(browser: Browser, email: string, password = PASSWORD): Promise<string> {
  const { signIn } = await browser.run(SignInDocument, { input: { email, password } });
  return signIn.__typename === 'Problem' ? signIn.code : signIn.__typename;
}

/** Signs in with both factors, and has the browser trusted where it is to be. */
export async function provedIn(scene: Scene, browser: Browser, person: AppPerson, trustBrowser: boolean) {
  const { signIn } = await browser.run(SignInDocument, {
    input: { email: person.email, password: PASSWORD },
  });
  if (signIn.__typename !== 'TwoFactorChallenge') throw new Error(signIn.__typename);
  const input = { challengeToken: signIn.challengeToken, code: person.app.code(), trustBrowser };
  const { verifyTwoFactorCode } = await browser.run(VerifyTwoFactorCodeDocument, { input });
  if (verifyTwoFactorCode.__typename !== 'SignedIn') throw new Error(verifyTwoFactorCode.code);
  scene.service.clock.advance(30 * SECOND);
  return signIn;
}

/** A browser in which the person has signed in with both factors, had it trusted, and signed out. */
export async function trustedBrowserOf(
  scene: Scene,
  person: AppPerson,
  browser = new NamedBrowser(scene.service.url),
): Promise<NamedBrowser> {
  await provedIn(scene, browser, person, true);
  await browser.run(SignOutDocument);
  // Longer than the grace in which a token is not changed.
  scene.service.clock.advance(61 * SECOND);
  return browser;
}

export async function trustedOf(client: Browser) {
  return (await client.run(TrustedBrowsersDocument)).trustedBrowsers;
}
