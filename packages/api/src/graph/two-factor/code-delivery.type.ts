import type { CodeDelivery as CoreCodeDelivery } from '@twofold/core/delivery/prepare-code';
import type { Instant } from '@twofold/core/ports';
import type { Slot } from '@twofold/core/two-factor/second-factor';
import { Field } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { PhoneSlot } from './phone-slot.js';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({ description: 'A code that was handed to the carrier.' })
export class CodeDelivery {
  readonly __typename!: 'CodeDelivery';

  @Field(() => PhoneSlot, { description: 'The phone that it went to.' })
  slot!: Slot;

  @Field(() => String, { description: 'Its last two digits at most.' })
  maskedNumber!: string;

  @Field(() => DateTime, { description: 'When the code runs out.' })
  expiresAt!: Instant;

  @Field(() => DateTime, { description: 'From when on another one can be asked for.' })
  resendAt!: Instant;
}

export function toCodeDelivery({ slot, maskedNumber, expiresAt, resendAt }: CoreCodeDelivery): CodeDelivery {
  return { __typename: 'CodeDelivery', slot, maskedNumber, expiresAt, resendAt };
}
