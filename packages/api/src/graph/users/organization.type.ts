import type { FactorKind } from '@twofold/core/two-factor/second-factor';
import { Field, ID } from 'type-graphql';
import { TwoFactorMethod } from '../two-factor/two-factor-method.js';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({ description: 'Those who share a dashboard. Every user belongs to one.' })
export class Organization {
  @Field(() => ID, { description: 'Opaque; never changes.' })
  id!: string;

  @Field(() => String, { description: 'Its name, as people know it.' })
  name!: string;

  @Field(() => [TwoFactorMethod], {
    nullable: true,
    description: 'The methods that its people may set up; null where it allows every one.',
  })
  allowedMethods!: readonly FactorKind[] | null;
}
