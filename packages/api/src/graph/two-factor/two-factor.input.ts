import type { FactorKind, Slot } from '@twofold/core/two-factor/second-factor';
import { Field, ID, InputType } from 'type-graphql';
import { PhoneSlot } from './phone-slot.js';
import { TwoFactorMethod } from './two-factor-method.js';

@InputType({ description: 'The method to set up.' })
export class StartTwoFactorInput {
  @Field(() => TwoFactorMethod, { description: 'The method.' })
  method!: FactorKind;

  @Field(() => String, {
    nullable: true,
    description: 'With the method SMS: the primary phone, in E.164 or as dialled in defaultCountry.',
  })
  phoneNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2.' })
  defaultCountry?: string | null;
}

@InputType({ description: 'The code that proves a set-up.' })
export class EnableTwoFactorInput {
  @Field(() => String, { description: 'Six ASCII digits.' })
  code!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Where given and not that of the set-up in progress: SETUP_EXPIRED.',
  })
  setupId?: string | null;
}

@InputType({ description: 'The own password, once more.' })
export class DisableTwoFactorInput {
  @Field(() => String, { description: "The viewer's password." })
  password!: string;
}

@InputType({ description: 'A new phone.' })
export class StartPhoneChangeInput {
  @Field(() => PhoneSlot, { description: 'Which of the two phones.' })
  slot!: Slot;

  @Field(() => String, { description: 'In E.164 or as dialled in defaultCountry.' })
  phoneNumber!: string;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2.' })
  defaultCountry?: string | null;
}

@InputType({ description: 'The code that proves a new phone.' })
export class ConfirmPhoneChangeInput {
  @Field(() => PhoneSlot, { description: 'The slot that was started.' })
  slot!: Slot;

  @Field(() => String, { description: 'Six ASCII digits.' })
  code!: string;
}
