import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Those who share a dashboard. Every user belongs to one.' })
export class Organization {
  @Field(() => ID, { description: 'Opaque; never changes.' })
  id!: string;

  @Field(() => String, { description: 'Its name, as people know it.' })
  name!: string;
}
