import type { Instant } from '@twofold/core/ports';
import { Field, InputType, Int } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { resultUnion } from '../result-union.js';
import { SimpleObject } from '../simple-object.js';

@InputType({ description: 'The link of a mail about a change.' })
export class ReportNotMeInput {
  @Field(() => String, { description: 'What stands behind the # of the link.' })
  token!: string;
}

@SimpleObject({
  description:
    'Everybody is signed out, the factors are frozen, and a link to set a new password is on its way by mail.',
})
export class NotMeReported {
  readonly __typename!: 'NotMeReported';

  @Field(() => Int, { description: 'How many sessions have ended by it.' })
  endedSessions!: number;

  @Field(() => DateTime, { description: 'Until when nobody changes a factor of this account.' })
  frozenUntil!: Instant;
}

export const ReportNotMeResult = resultUnion('ReportNotMeResult', 'How reportNotMe ends.', [NotMeReported]);
