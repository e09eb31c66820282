import type { Instant } from '@twofold/core/ports';
import type { StartedSetup } from '@twofold/core/two-factor/start-two-factor';
import type { User as CoreUser } from '@twofold/core/users/user';
import { Field, ID } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { User } from '../users/user.type.js';
import { CodeDelivery, toCodeDelivery } from './code-delivery.type.js';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({ description: 'An authenticator app is being set up: by the QR code or by the manual key.' })
export class AuthenticatorSetup {
  readonly __typename!: 'AuthenticatorSetup';

  @Field(() => ID, { description: 'Names this set-up.' })
  setupId!: string;

  @Field(() => String, { description: "Base32, 160 bits, no padding. The same secret as the QR code's." })
  manualKey!: string;

  @Field(() => String, { description: 'What the QR code says, in the key URI format of authenticator apps.' })
  otpauthUri!: string;

  @Field(() => String, { description: 'An SVG document.' })
  qrCodeSvg!: string;

  @Field(() => DateTime, { description: 'When this set-up runs out.' })
  expiresAt!: Instant;
}

@SimpleObject({ description: 'A phone is being set up: a code was texted to it.' })
export class PhoneSetup {
  readonly __typename!: 'PhoneSetup';

  @Field(() => ID, { description: 'Names this set-up.' })
  setupId!: string;

  @Field(() => CodeDelivery, { description: 'The text message that has just gone out.' })
  delivery!: CodeDelivery;

  @Field(() => DateTime, { description: 'When this set-up runs out.' })
  expiresAt!: Instant;
}

export function toSetup(started: StartedSetup): AuthenticatorSetup | PhoneSetup {
  const { setupId, expiresAt } = started;
  if (started.outcome === 'DELIVER') {
    return { __typename: 'PhoneSetup', setupId, delivery: toCodeDelivery(started.delivery), expiresAt };
  }
  const { manualKey, otpauthUri, qrCodeSvg } = started;
  return { __typename: 'AuthenticatorSetup', setupId, manualKey, otpauthUri, qrCodeSvg, expiresAt };
}

@SimpleObject({ description: 'Two-factor authentication is on, by the method that was set up.' })
export class TwoFactorEnabled {
  readonly __typename!: 'TwoFactorEnabled';

  @Field(() => User, { description: 'The one who is protected now.' })
  viewer!: CoreUser;

  @Field(() => String, {
    nullable: true,
    description: 'Shown this once; null where two-factor was on already and the code in force stays.',
  })
  recoveryCode!: string | null;
}

@SimpleObject({ description: 'Two-factor authentication is off, and what was saved for it is deleted.' })
export class TwoFactorDisabled {
  readonly __typename!: 'TwoFactorDisabled';

  @Field(() => User, { description: 'The one who signs in with the password alone now.' })
  viewer!: CoreUser;
}
