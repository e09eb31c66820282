import type { Instant } from '@twofold/core/ports';
import type { LiveSession, SessionScope as CoreSessionScope } from '@twofold/core/session/session';
import { dueAt } from '@twofold/core/policy/policy';
import { expiresAt, scopeOf } from '@twofold/core/session/session';
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

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when on it serves only to set up two-factor authentication: the organisation demands it, and the user has none by a ' +
      'method that it allows. Null where nothing is due.',
  })
  twoFactorDueAt!: Instant | null;
}

export function toSession({ session, user }: LiveSession, now: Instant): Session {
  const { id, passwordConfirmedUntil: until } = session;
  const passwordConfirmedUntil = until !== null && until > now ? until : null;
  return {
    id,
    scope: scopeOf(user, now),
    expiresAt: expiresAt(session),
    passwordConfirmedUntil,
    twoFactorDueAt: dueAt(user, session.signedInAt),
  };
}
