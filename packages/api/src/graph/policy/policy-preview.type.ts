import type { PolicyPreview as CorePreview } from '@twofold/core/policy/preview-policy';
import type { Instant } from '@twofold/core/ports';
import { Field, ID, Int } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({ description: 'Somebody who would have to set two-factor authentication up.' })
export class ConcernedUser {
  @Field(() => ID, { description: "The user's id." })
  id!: string;

  @Field(() => String, { description: 'The full name.' })
  name!: string;

  @Field(() => String, { description: 'The email.' })
  email!: string;

  @Field(() => Boolean, {
    description:
      'Whether they have it on, by methods alone that would no longer be allowed; else they have none.',
  })
  methodRuledOut!: boolean;
}

@SimpleObject({
  description: 'What would come of a policy, were it saved now and nobody did anything about it.',
})
export class PolicyPreview {
  readonly __typename!: 'PolicyPreview';

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when on they would have to set up two-factor authentication before going on; null where it is optional.',
  })
  from!: Instant | null;

  @Field(() => Int, { description: 'How many people can sign in.' })
  everybody!: number;

  @Field(() => Int, { description: 'How many of them have no two-factor authentication.' })
  withoutTwoFactor!: number;

  @Field(() => Int, { description: 'How many have only methods that would not be allowed.' })
  methodRuledOut!: number;

  @Field(() => Int, {
    description: 'How many would be told by mail: when it is saved, a week and a day before the deadline.',
  })
  warned!: number;

  @Field(() => [ConcernedUser], { description: 'The first of those concerned, by email: ten at most.' })
  people!: readonly ConcernedUser[];
}

export function toPolicyPreview(preview: CorePreview): PolicyPreview {
  const { from, everybody, withoutTwoFactor, methodRuledOut, warned } = preview;
  const people = preview.people.map((one) => ({
    id: one.id,
    name: one.name,
    email: one.email,
    methodRuledOut: one.methodRuledOut,
  }));
  return { __typename: 'PolicyPreview', from, everybody, withoutTwoFactor, methodRuledOut, warned, people };
}
