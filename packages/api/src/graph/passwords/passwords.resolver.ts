import type { PasswordSet as CorePasswordSet } from '@twofold/core/passwords/set-password-by-link';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { toResult } from '../result-union.js';
import {
  PasswordLink,
  RequestPasswordResetInput,
  RequestPasswordResetResult,
  ResetPasswordInput,
  ResetPasswordResult,
  SetFirstPasswordInput,
  SetFirstPasswordResult,
  toPasswordLink,
} from './password-link.type.js';

const toPasswordSet = ({ user }: CorePasswordSet) => ({ __typename: 'PasswordSet', email: user.email });

@Resolver()
export class PasswordsResolver {
  @Query(() => PasswordLink, {
    nullable: true,
    description: 'Whose password a link sets; null where it can no longer be used.',
  })
  async passwordLink(
    @Ctx() { useCases }: GraphContext,
    @Arg('token', () => String, { description: 'What stands behind the # of the link.' }) token: string,
  ): Promise<PasswordLink | null> {
    const found = await useCases.viewPasswordLink(token);
    return found && toPasswordLink(found);
  }

  @Mutation(() => RequestPasswordResetResult, {
    description:
      'Have a link mailed by which a new password can be set, within 30 minutes and once; the newest link alone counts. ' +
      'The answer does not tell whether there is an account.',
  })
  async requestPasswordReset(
    @Ctx() { useCases, address }: GraphContext,
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose.' })
    { email }: RequestPasswordResetInput,
  ) {
    const result = await useCases.requestPasswordReset({ email, address });
    return toResult(result, ({ expiresAt }) => ({ __typename: 'PasswordResetRequested', expiresAt }));
  }

  @Mutation(() => ResetPasswordResult, {
    description:
      'Set a new password by the link that was mailed. Every session of the user ends, and nobody is signed in; ' +
      'two-factor authentication stays on. Uses the link up; a weak password does not.',
  })
  async resetPassword(
    @Ctx() { useCases }: GraphContext,
    @Arg('input', () => ResetPasswordInput, { description: 'The token and the password.' })
    input: ResetPasswordInput,
  ) {
    return toResult(await useCases.resetPassword(input), toPasswordSet);
  }

  @Mutation(() => SetFirstPasswordResult, {
    description: 'Set the first password of an account that an operator made, by the link of its own.',
  })
  async setFirstPassword(
    @Ctx() { useCases }: GraphContext,
    @Arg('input', () => SetFirstPasswordInput, { description: 'The token and the password.' })
    input: SetFirstPasswordInput,
  ) {
    return toResult(await useCases.setFirstPassword(input), toPasswordSet);
  }
}
