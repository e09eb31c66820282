import type { Instant } from '@twofold/core/ports';
import { deviceName } from '@twofold/core/session/device-name';
import type {
  LiveSession,
  Session as CoreSession,
  SessionScope as CoreSessionScope,
} from '@twofold/core/session/session';
import { dueAt } from '@twofold/core/policy/policy';
import { expiresAt, scopeOf } from '@twofold/core/session/session';
import type { User } from '@twofold/core/users/user';
import { Field, ID } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { describedEnum } from '../enum.js';
import { SimpleObject } from '../simple-object.js';

export const SessionScope = describedEnum<CoreSessionScope>('SessionScope', 'What a session is good for.', {
  FULL: 'Everything that its user may do.',
  TWO_FACTOR_SETUP_ONLY:
    'The organisation demands two-factor authentication by now and the user has none, or none by a method that it allows: only setting it up and signing out; everything else answers FORBIDDEN.',
});

@SimpleObject({ description: 'A sign-in that is in force.' })
export class Session {
  @Field(() => ID, { description: 'Opaque; not the token.' })
  id!: string;

  @Field(() => SessionScope, { description: 'What it is good for.' })
  scope!: CoreSessionScope;

  @Field(() => DateTime, {
    description: 'When it ends if it is not used before; use moves it on, up to a fixed end.',
  })
  expiresAt!: Instant;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when the settings may be viewed and edited; null where the password must be confirmed first.',
  })
  passwordConfirmedUntil!: Instant | null;

  @Field(() => DateTime, { description: 'When the last factor that was due was proved.' })
  signedInAt!: Instant;

  @Field(() => DateTime, { description: 'When it was used last, to the minute.' })
  lastSeenAt!: Instant;

  @Field(() => String, {
    nullable: true,
    description: 'What the browser or program that began it called itself: do not trust it.',
  })
  device!: string | null;

  @Field(() => String, { nullable: true, description: 'The browser or program in it, by its name.' })
  browser!: string | null;

  @Field(() => String, { nullable: true, description: 'The system in it, by its name.' })
  system!: string | null;

  @Field(() => String, { nullable: true, description: 'The address that it was used from last.' })
  address!: string | null;

  @Field(() => Boolean, { description: 'Whether signIn was asked to keep it.' })
  keepSignedIn!: boolean;

  @Field(() => Boolean, { description: 'Whether it is the one in hand.' })
  isCurrent!: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when on it serves only to set up two-factor authentication: the organisation demands it, and the user has none by a ' +
      'method that it allows. Null where nothing is due.',
  })
  twoFactorDueAt!: Instant | null;
}

/** A session of `owner`, for the one who looks at it: when a password of another counts, is nobody's business. */
export function toSession(
  { session: inHand, user: viewer }: LiveSession,
  session: CoreSession,
  now: Instant,
  owner: User = viewer,
): Session {
  const { device } = session;
  const until = owner.id === viewer.id ? session.passwordConfirmedUntil : null;
  return {
    id: session.id,
    scope: scopeOf(owner, now),
    expiresAt: expiresAt(session),
    passwordConfirmedUntil: until !== null && until > now ? until : null,
    signedInAt: session.signedInAt,
    lastSeenAt: session.lastSeenAt,
    device,
    ...deviceName(device),
    address: session.address,
    keepSignedIn: session.keepSignedIn,
    isCurrent: session.id === inHand.id,
    twoFactorDueAt: dueAt(owner, session.signedInAt),
  };
}
