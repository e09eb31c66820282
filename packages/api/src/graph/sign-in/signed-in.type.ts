import type { Instant } from '@twofold/core/ports';
import type { SignedIn as CoreSignedIn } from '@twofold/core/session/open-session';
import type { SessionScope as CoreSessionScope } from '@twofold/core/session/session';
import { expiresAt, lifetimes, scopeOf } from '@twofold/core/session/session';
import type { User as CoreUser } from '@twofold/core/users/user';
import { Field } from 'type-graphql';
import { SessionScope } from '../account/session.type.js';
import { DateTime } from '../date-time.js';
import type { GraphContext } from '../graph-context.js';
import { User } from '../users/user.type.js';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({ description: 'A session was opened.' })
export class SignedIn {
  readonly __typename!: 'SignedIn';

  @Field(() => User, { description: 'Who has signed in.' })
  viewer!: CoreUser;

  @Field(() => String, { nullable: true, description: 'Only with the transport BEARER.' })
  sessionToken!: string | null;

  @Field(() => DateTime, {
    description: 'When it ends if it is not used before; use moves it on, up to a fixed end.',
  })
  expiresAt!: Instant;

  @Field(() => SessionScope, { description: 'What the session is good for.' })
  scope!: CoreSessionScope;
}

/**
 * Hands the token over by the transport that signIn named: in a cookie, or in the answer, never in both. The session whose
 * cookie it takes the place of ends: nobody could end it any more.
 */
export async function toSignedIn(
  context: GraphContext,
  { session, token, transport, browserToken, trustToken, user }: CoreSignedIn,
): Promise<SignedIn> {
  const byCookie = transport === 'COOKIE';
  const { keepSignedIn } = session;
  if (byCookie) {
    await context.useCases.signOut(context.cookieSession);
    context.sessionCookie.set(token, keepSignedIn ? lifetimes(true).absolute : null);
  }
  context.knownBrowser.keep(browserToken);
  context.trustedBrowser.keep(trustToken);
  context.viewer = user;
  return {
    __typename: 'SignedIn',
    viewer: user,
    sessionToken: byCookie ? null : token,
    expiresAt: expiresAt(session),
    scope: scopeOf(user, context.now()),
  };
}
