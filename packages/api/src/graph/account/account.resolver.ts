import type { User as CoreUser } from '@twofold/core/users/user';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { anySession, fullSession } from '../graph-context.js';
import { toResult } from '../result-union.js';
import { User } from '../users/user.type.js';
import {
  ChangePasswordInput,
  ChangePasswordResult,
  ConfirmPasswordInput,
  ConfirmPasswordResult,
} from './account.type.js';
import { Session, toSession } from './session.type.js';

@Resolver()
export class AccountResolver {
  @Query(() => User, { nullable: true, description: 'The signed-in user; null without a session.' })
  viewer(@Ctx() { live }: GraphContext): CoreUser | null {
    return live?.user ?? null;
  }

  @Query(() => Session, { nullable: true, description: 'The session in hand; null without one.' })
  session(@Ctx() { live, now }: GraphContext): Session | null {
    return live && toSession(live, live.session, now());
  }

  @Mutation(() => ConfirmPasswordResult, {
    description:
      'Prove the password again: for a few minutes this session may view and edit the two-factor settings.',
  })
  async confirmPassword(
    @Ctx() context: GraphContext,
    @Arg('input', () => ConfirmPasswordInput, { description: 'The password.' })
    { password }: ConfirmPasswordInput,
  ) {
    const result = await context.useCases.confirmPassword(anySession(context), password);
    return toResult(result, ({ expiresAt }) => ({ __typename: 'PasswordConfirmed', expiresAt }));
  }

  @Mutation(() => ChangePasswordResult, { description: 'Every other session of the user ends.' })
  async changePassword(
    @Ctx() context: GraphContext,
    @Arg('input', () => ChangePasswordInput, { description: 'Both passwords.' }) input: ChangePasswordInput,
  ) {
    const result = await context.useCases.changePassword(fullSession(context), input);
    return toResult(result, ({ browserToken, ...changed }) => {
      context.knownBrowser.keep(browserToken);
      return { __typename: 'PasswordChanged', ...changed };
    });
  }
}
