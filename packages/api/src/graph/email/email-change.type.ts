import type { Instant } from '@twofold/core/ports';
import { Field, InputType } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { resultUnion } from '../result-union.js';
import { SimpleObject } from '../simple-object.js';

@SimpleObject({
  description: 'What the holder of a link can put in force. Whose account it is, is not told.',
})
export class EmailChange {
  @Field(() => String, { description: 'The new email.' })
  newEmail!: string;

  @Field(() => DateTime, { description: 'When the link runs out.' })
  expiresAt!: Instant;
}

@InputType({ description: 'The email that is wanted.' })
export class RequestEmailChangeInput {
  @Field(() => String, { description: 'Where the link is mailed to. Without case.' })
  newEmail!: string;
}

@SimpleObject({
  description: 'A link is on its way to the new address. Until it is confirmed the email stays.',
})
export class EmailChangeRequested {
  readonly __typename!: 'EmailChangeRequested';

  @Field(() => String, { description: 'In lower case.' })
  newEmail!: string;

  @Field(() => DateTime, { description: 'When the link runs out.' })
  expiresAt!: Instant;
}

export const RequestEmailChangeResult = resultUnion(
  'RequestEmailChangeResult',
  'How requestEmailChange ends.',
  [EmailChangeRequested],
);

@InputType({ description: 'The token of the link.' })
export class ConfirmEmailChangeInput {
  @Field(() => String, { description: 'What stands behind the # of the link.' })
  token!: string;
}

@SimpleObject({ description: 'The new email is in force.' })
export class EmailChanged {
  readonly __typename!: 'EmailChanged';

  @Field(() => String, { description: 'The email to sign in with from now on.' })
  newEmail!: string;
}

export const ConfirmEmailChangeResult = resultUnion(
  'ConfirmEmailChangeResult',
  'How confirmEmailChange ends.',
  [EmailChanged],
);
