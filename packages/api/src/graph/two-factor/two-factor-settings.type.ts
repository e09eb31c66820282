import type { Instant } from '@twofold/core/ports';
import type { FactorKind } from '@twofold/core/two-factor/second-factor';
import type { TwoFactorSettings as CoreTwoFactorSettings } from '@twofold/core/two-factor/view-settings';
import { Field } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { TwoFactorMethod } from './two-factor-method.js';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({ description: "The viewer's saved settings. They never hold a secret or a code." })
export class TwoFactorSettings {
  readonly __typename!: 'TwoFactorSettings';

  @Field(() => TwoFactorMethod, { description: 'The preferred method.' })
  method!: FactorKind;

  @Field(() => DateTime, { description: 'Since when the method in force is on.' })
  enabledAt!: Instant;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it last proved a sign-in; null before the first.',
  })
  lastUsedAt!: Instant | null;

  @Field(() => String, { nullable: true, description: 'In full, E.164; null where none is saved.' })
  primaryPhone!: string | null;

  @Field(() => String, { nullable: true, description: 'In full, E.164; null where none is saved.' })
  backupPhone!: string | null;

  @Field(() => DateTime, { description: 'When the recovery code in force was made.' })
  recoveryCodeCreatedAt!: Instant;
}

export function toTwoFactorSettings(settings: CoreTwoFactorSettings): TwoFactorSettings {
  const { method, enabledAt, lastUsedAt, primaryPhone, backupPhone, recoveryCodeCreatedAt } = settings;
  return {
    __typename: 'TwoFactorSettings',
    method,
    enabledAt,
    lastUsedAt,
    primaryPhone,
    backupPhone,
    recoveryCodeCreatedAt,
  };
}

@SimpleObject({ description: 'The new phone counts from now on.' })
export class PhoneChanged {
  readonly __typename!: 'PhoneChanged';

  @Field(() => TwoFactorSettings, { description: 'The settings as they are now.' })
  settings!: TwoFactorSettings;
}

@SimpleObject({ description: 'There is a new recovery code, and the old one is dead.' })
export class RecoveryCodeRegenerated {
  readonly __typename!: 'RecoveryCodeRegenerated';

  @Field(() => String, { description: 'Shown this once.' })
  recoveryCode!: string;
}
