import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { fullSession } from '../graph-context.js';
import { toResult } from '../result-union.js';
import {
  ConfirmEmailChangeInput,
  ConfirmEmailChangeResult,
  EmailChange,
  RequestEmailChangeInput,
  RequestEmailChangeResult,
} from './email-change.type.js';

@Resolver()
export class EmailChangeResolver {
  @Query(() => EmailChange, {
    nullable: true,
    description: 'What a link for a new email would do; null where it can no longer be used.',
  })
  emailChange(
    @Ctx() { useCases }: GraphContext,
    @Arg('token', () => String, { description: 'What stands behind the # of the link.' }) token: string,
  ): Promise<EmailChange | null> {
    return useCases.viewEmailChange(token);
  }

  @Mutation(() => RequestEmailChangeResult, {
    description:
      'Have a link mailed to a new address, by which it becomes the email of the own account, within 24 hours. The password confirmed. ' +
      'The answer does not tell whether there is an account with it.',
  })
  async requestEmailChange(
    @Ctx() context: GraphContext,
    @Arg('input', () => RequestEmailChangeInput, { description: 'The new email.' })
    { newEmail }: RequestEmailChangeInput,
  ) {
    const result = await context.useCases.requestEmailChange(fullSession(context), newEmail);
    return toResult(result, (requested) => ({ __typename: 'EmailChangeRequested', ...requested }));
  }

  @Mutation(() => ConfirmEmailChangeResult, {
    description: 'Put a new email in force, by the link that was mailed to it. Sessions stay.',
  })
  async confirmEmailChange(
    @Ctx() { useCases }: GraphContext,
    @Arg('input', () => ConfirmEmailChangeInput, { description: 'The token.' })
    { token }: ConfirmEmailChangeInput,
  ) {
    const result = await useCases.confirmEmailChange(token);
    return toResult(result, ({ newEmail }) => ({ __typename: 'EmailChanged', newEmail }));
  }
}
