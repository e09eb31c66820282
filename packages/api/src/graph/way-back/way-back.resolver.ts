import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { toResult } from '../result-union.js';
import { ReportNotMeInput, ReportNotMeResult } from './way-back.type.js';

@Resolver()
export class WayBackResolver {
  @Mutation(() => ReportNotMeResult, {
    description:
      'Say that a change was not your own, by the link "this wasn\'t me" of its mail: good once, for 24 hours, without a ' +
      'session. Every session ends, nobody changes a factor for 24 hours, and a new password must be set by a link that ' +
      'is mailed. What was deleted is not brought back.',
  })
  async reportNotMe(
    @Ctx() context: GraphContext,
    @Arg('input', () => ReportNotMeInput, { description: 'The link.' }) input: ReportNotMeInput,
  ) {
    const reported = await context.useCases.reportNotMe(input);
    return toResult(reported, (value) => ({ __typename: 'NotMeReported', ...value }));
  }
}
