import type { Instant } from '@twofold/core/ports';
import { deviceName } from '@twofold/core/session/device-name';
import type { LiveSession } from '@twofold/core/session/session';
import type { TrustedBrowser as CoreTrustedBrowser } from '@twofold/core/trusted-browsers/trusted-browser';
import type { User as CoreUser } from '@twofold/core/users/user';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { resultUnion } from '../result-union.js';
import { SimpleObject } from '../simple-object.js';
import { User } from '../users/user.type.js';

@InputType({ description: 'One of the own sessions.' })
export class EndSessionInput {
  @Field(() => ID, { description: 'From Session.' })
  sessionId!: string;
}

@SimpleObject({ description: 'The session has ended.' })
export class SessionEnded {
  readonly __typename!: 'SessionEnded';

  @Field(() => Boolean, { description: 'Whether it was the one in hand: the caller is signed out.' })
  wasCurrent!: boolean;
}

@SimpleObject({ description: 'The session in hand is the only one.' })
export class OtherSessionsEnded {
  readonly __typename!: 'OtherSessionsEnded';

  @Field(() => Int, { description: 'How many have ended.' })
  endedSessions!: number;
}

@InputType({ description: 'Somebody whom the viewer looks after.' })
export class EndUserSessionsInput {
  @Field(() => ID, { description: "The user's id." })
  userId!: string;
}

@SimpleObject({ description: 'The user is signed in nowhere, and no browser of theirs is trusted.' })
export class UserSessionsEnded {
  readonly __typename!: 'UserSessionsEnded';

  @Field(() => User, { description: 'The one whose sessions they were.' })
  user!: CoreUser;

  @Field(() => Int, { description: 'How many have ended.' })
  endedSessions!: number;
}

@SimpleObject({ description: 'A browser in which signing in takes no second factor.' })
export class TrustedBrowser {
  @Field(() => ID, { description: 'Opaque; not the token.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it called itself last: do not trust it.' })
  device!: string | null;

  @Field(() => String, { nullable: true, description: 'The browser in it, by its name.' })
  browser!: string | null;

  @Field(() => String, { nullable: true, description: 'The system in it, by its name.' })
  system!: string | null;

  @Field(() => String, { nullable: true, description: 'The address that it signed in from last.' })
  address!: string | null;

  @Field(() => DateTime, { description: 'When it was trusted.' })
  createdAt!: Instant;

  @Field(() => DateTime, { description: 'The last sign-in in it.' })
  lastUsedAt!: Instant;

  @Field(() => DateTime, { description: 'Until when it is trusted; use does not move it on.' })
  expiresAt!: Instant;

  @Field(() => Boolean, { description: 'Whether the session in hand was begun in it.' })
  isCurrent!: boolean;
}

export function toTrustedBrowser(
  { session }: LiveSession,
  { id, device, address, createdAt, lastUsedAt, expiresAt }: CoreTrustedBrowser,
): TrustedBrowser {
  const isCurrent = id === session.browserId;
  return { id, device, ...deviceName(device), address, createdAt, lastUsedAt, expiresAt, isCurrent };
}

@InputType({ description: 'One of the own trusted browsers.' })
export class RemoveTrustedBrowserInput {
  @Field(() => ID, { description: 'From TrustedBrowser.' })
  trustedBrowserId!: string;
}

@SimpleObject({ description: 'Signing in takes every factor there from now on.' })
export class TrustedBrowsersRemoved {
  readonly __typename!: 'TrustedBrowsersRemoved';

  @Field(() => Int, { description: 'How many are trusted no more.' })
  removed!: number;
}

export const EndSessionResult = resultUnion('EndSessionResult', 'How endSession ends.', [SessionEnded]);
export const EndOtherSessionsResult = resultUnion('EndOtherSessionsResult', 'How endOtherSessions ends.', [
  OtherSessionsEnded,
]);
export const EndUserSessionsResult = resultUnion('EndUserSessionsResult', 'How endUserSessions ends.', [
  UserSessionsEnded,
]);
export const RemoveTrustedBrowserResult = resultUnion(
  'RemoveTrustedBrowserResult',
  'How removeTrustedBrowser ends.',
  [TrustedBrowsersRemoved],
);
export const RemoveTrustedBrowsersResult = resultUnion(
  'RemoveTrustedBrowsersResult',
  'How removeTrustedBrowsers ends.',
  [TrustedBrowsersRemoved],
);
