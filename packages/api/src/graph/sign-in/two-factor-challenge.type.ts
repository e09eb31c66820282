import type { Instant } from '@twofold/core/ports';
import type { ChallengeOffer } from '@twofold/core/sign-in/challenge-offer';
import type { FactorKind, Slot } from '@twofold/core/two-factor/second-factor';
import { Field, Int } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { Problem, toProblem } from '../problem.type.js';
import { CodeDelivery, toCodeDelivery } from '../two-factor/code-delivery.type.js';
import { PhoneSlot } from '../two-factor/phone-slot.js';
import { TwoFactorMethod } from '../two-factor/two-factor-method.js';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({ description: 'A phone that a sign-in code can be sent to.' })
export class ChallengePhone {
  @Field(() => PhoneSlot, { description: 'Which one it is.' })
  slot!: Slot;

  @Field(() => String, { description: 'Its last two digits at most.' })
  maskedNumber!: string;
}

@SimpleObject({ description: 'The password was right and a second factor is due. There is no session yet.' })
export class TwoFactorChallenge {
  readonly __typename!: 'TwoFactorChallenge';

  @Field(() => String, { description: '128 bits or more, opaque; good for this sign-in alone.' })
  challengeToken!: string;

  @Field(() => TwoFactorMethod, { description: 'The preferred one of methods.' })
  method!: FactorKind;

  @Field(() => [TwoFactorMethod], { description: 'Every method that may be used now.' })
  methods!: readonly FactorKind[];

  @Field(() => DateTime, { description: 'When it runs out.' })
  expiresAt!: Instant;

  @Field(() => CodeDelivery, {
    nullable: true,
    description:
      'The text message that signIn has just sent; null with the method TOTP or where it could not be sent.',
  })
  delivery!: CodeDelivery | null;

  @Field(() => Problem, { nullable: true, description: 'Why no text went out although one was due.' })
  deliveryProblem!: Problem | null;

  @Field(() => [ChallengePhone], {
    description: 'The phones that a code can be sent to, primary first; empty where none is saved.',
  })
  phones!: readonly ChallengePhone[];

  @Field(() => Int, {
    nullable: true,
    description:
      'For how many days verifyTwoFactorCode can have the browser trusted; null where the organisation or the transport does not allow it.',
  })
  trustBrowserDays!: number | null;
}

export function toTwoFactorChallenge(offer: ChallengeOffer): TwoFactorChallenge {
  const { challengeToken, method, methods, expiresAt, phones, trustBrowserDays } = offer;
  return {
    __typename: 'TwoFactorChallenge',
    challengeToken,
    method,
    methods,
    expiresAt,
    delivery: offer.delivery && toCodeDelivery(offer.delivery),
    deliveryProblem: offer.deliveryProblem && toProblem(offer.deliveryProblem),
    phones,
    trustBrowserDays,
  };
}
