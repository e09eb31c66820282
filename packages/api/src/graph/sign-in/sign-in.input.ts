import type { SessionTransport as CoreSessionTransport } from '@twofold/core/sign-in/challenge';
import type { FactorKind, Slot } from '@twofold/core/two-factor/second-factor';
import { Field, InputType } from 'type-graphql';
import { describedEnum } from '../enum.js';
import { PhoneSlot } from '../two-factor/phone-slot.js';
import { TwoFactorMethod } from '../two-factor/two-factor-method.js';

export const SessionTransport = describedEnum<CoreSessionTransport>(
  'SessionTransport',
  "How the session's token travels.",
  {
    COOKIE: 'An HttpOnly cookie, with the prefix __Host- on https: for browsers. The token is in no answer.',
    BEARER:
      "SignedIn.sessionToken, to be sent as 'Authorization: Bearer …': for programs and the Sandbox. No cookie is set.",
  },
);

@InputType({ description: 'Email and password.' })
export class SignInInput {
  @Field(() => String, { description: 'Without case.' })
  email!: string;

  @Field(() => String, { description: 'As it is, spaces included.' })
  password!: string;

  @Field(() => SessionTransport, {
    defaultValue: 'COOKIE',
    description: 'verifyTwoFactorCode and verifyRecoveryCode go on with it, and with keepSignedIn.',
  })
  transport!: CoreSessionTransport;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'A session of 14 days idle and 30 days in all, in place of 30 minutes and 12 hours.',
  })
  keepSignedIn!: boolean;
}

@InputType({ description: 'Which sign-in, and which phone.' })
export class SendSignInCodeInput {
  @Field(() => String, { description: 'From TwoFactorChallenge.' })
  challengeToken!: string;

  @Field(() => PhoneSlot, { defaultValue: 'PRIMARY', description: 'The phone to text.' })
  slot!: Slot;
}

@InputType({ description: 'The code that finishes a sign-in.' })
export class VerifyTwoFactorCodeInput {
  @Field(() => String, { description: 'From TwoFactorChallenge.' })
  challengeToken!: string;

  @Field(() => String, { description: 'Six ASCII digits.' })
  code!: string;

  @Field(() => TwoFactorMethod, {
    nullable: true,
    description: "The challenge's preferred one where left out. A code is compared with one method only.",
  })
  method?: FactorKind | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Ask for no code in this browser for TwoFactorChallenge.trustBrowserDays. It does nothing where those are null.',
  })
  trustBrowser!: boolean;
}

@InputType({ description: 'The recovery code that finishes a sign-in.' })
export class VerifyRecoveryCodeInput {
  @Field(() => String, { description: 'From TwoFactorChallenge.' })
  challengeToken!: string;

  @Field(() => String, { description: 'Case, spaces and dashes are ignored.' })
  recoveryCode!: string;
}
