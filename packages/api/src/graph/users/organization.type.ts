import { Field, ID } from 'type-graphql';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({ description: 'Those who share a dashboard. Every user belongs to one.' })
export class Organization {
  @Field(() => ID, { description: 'Opaque; never changes.' })
  id!: string;

  @Field(() => String, { description: 'Its name, as people know it.' })
  name!: string;
}
