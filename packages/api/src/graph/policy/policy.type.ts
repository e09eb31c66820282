import type { Policy as CorePolicy } from '@twofold/core/policy/policy';
import type { ShownPolicy } from '@twofold/core/policy/view-policy';
import type { Instant } from '@twofold/core/ports';
import type { FactorKind } from '@twofold/core/two-factor/second-factor';
import { Field, InputType, Int } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { SimpleObject } from '../simple-object.js';
import { TwoFactorMethod } from '../two-factor/two-factor-method.js';

@SimpleObject({
  description:
    'What an organisation asks of its people to be safe. Everybody in it is bound by it, and may read it.',
})
export class Policy {
  @Field(() => Boolean, { description: 'Whether everybody must have two-factor authentication.' })
  twoFactorRequired!: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on that is so; null where it is so at once, or not required.',
  })
  requiredFrom!: Instant | null;

  @Field(() => [TwoFactorMethod], {
    description:
      'The methods that may be set up. Who has only another one goes on with it until requiredFrom, and then sets up one of these.',
  })
  allowedMethods!: readonly FactorKind[];

  @Field(() => Boolean, {
    description: 'Whether a browser may be trusted, so that for a while it is asked for no second factor.',
  })
  trustedBrowsersAllowed!: boolean;

  @Field(() => Int, { description: 'Counts its changes: updatePolicy names the one that it has seen.' })
  version!: number;

  @Field(() => Boolean, { description: 'Whether the viewer may change it: ADMIN and OWNER.' })
  viewerCanUpdate!: boolean;
}

const everyMethod: readonly FactorKind[] = Object.keys(TwoFactorMethod);

export function toPolicy(shown: ShownPolicy): Policy {
  const { twoFactorRequired, requiredFrom, trustedBrowsersAllowed, version, viewerCanUpdate } = shown;
  const allowedMethods = shown.allowedMethods ?? everyMethod;
  return {
    ...{ twoFactorRequired, requiredFrom, allowedMethods },
    ...{ trustedBrowsersAllowed, version, viewerCanUpdate },
  };
}

@InputType({ description: 'A policy that could be.' })
export class PreviewPolicyInput {
  @Field(() => Boolean, { description: 'Whether everybody must have two-factor authentication.' })
  twoFactorRequired!: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when on: between now and one year from now, or that in force. Left out: at once. Of no account where it is optional.',
  })
  requiredFrom?: Instant | null;

  @Field(() => [TwoFactorMethod], { description: 'The methods that may be set up: one at least.' })
  allowedMethods!: FactorKind[];

  @Field(() => Boolean, { description: 'Whether a browser may be trusted.' })
  trustedBrowsersAllowed!: boolean;
}

@InputType({ description: 'The policy that is to be.' })
export class UpdatePolicyInput extends PreviewPolicyInput {
  @Field(() => Int, {
    description:
      'Of the policy that it is to take the place of. Where another is in force by now: POLICY_CHANGED.',
  })
  version!: number;
}

/** All that there are is every one that there ever will be. */
export function fromInput(input: PreviewPolicyInput): CorePolicy {
  const { twoFactorRequired, requiredFrom = null, trustedBrowsersAllowed } = input;
  const chosen = everyMethod.filter((method) => input.allowedMethods.includes(method));
  const allowedMethods = chosen.length === everyMethod.length ? null : chosen;
  return { twoFactorRequired, requiredFrom, allowedMethods, trustedBrowsersAllowed };
}
