import type { Invitation as CoreInvitation } from '@twofold/core/invitations/invitation';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { fullSession } from '../graph-context.js';
import { toResult } from '../result-union.js';
import { toSignedIn } from '../sign-in/signed-in.type.js';
import {
  AcceptInvitationInput,
  AcceptInvitationResult,
  Invitation,
  InvitationInput,
  InvitationOffer,
  InviteUserInput,
  InviteUserResult,
  ResendInvitationResult,
  toInvitationOffer,
  WithdrawInvitationResult,
} from './invitation.type.js';

const toSent = (invitation: CoreInvitation) => ({ __typename: 'InvitationSent', invitation });

@Resolver()
export class InvitationsResolver {
  @Query(() => [Invitation], {
    description:
      "The invitations of the viewer's organisation that can still be accepted, newest first. For ADMIN and OWNER.",
  })
  invitations(@Ctx() context: GraphContext): Promise<readonly CoreInvitation[]> {
    return context.useCases.listInvitations(fullSession(context).user);
  }

  @Query(() => InvitationOffer, {
    nullable: true,
    description: 'What a link of an invitation leads to; null where it can no longer be accepted.',
  })
  async invitation(
    @Ctx() { useCases }: GraphContext,
    @Arg('token', () => String, { description: 'What stands behind the # of the link.' }) token: string,
  ): Promise<InvitationOffer | null> {
    const invitation = await useCases.viewInvitation(token);
    return invitation && toInvitationOffer(invitation);
  }

  @Mutation(() => InviteUserResult, {
    description:
      'Mail a link by which somebody makes an account of their own, within 72 hours and once. For ADMIN and OWNER, the password confirmed. ' +
      'The answer does not tell whether there is an account with the email.',
  })
  async inviteUser(
    @Ctx() context: GraphContext,
    @Arg('input', () => InviteUserInput, { description: 'Who, and as what.' }) input: InviteUserInput,
  ) {
    return toResult(await context.useCases.inviteUser(fullSession(context), input), toSent);
  }

  @Mutation(() => ResendInvitationResult, {
    description: 'Mail a new link for another 72 hours; the old one is dead. The password confirmed.',
  })
  async resendInvitation(
    @Ctx() context: GraphContext,
    @Arg('input', () => InvitationInput, { description: 'Which one.' }) { id }: InvitationInput,
  ) {
    return toResult(await context.useCases.resendInvitation(fullSession(context), id), toSent);
  }

  @Mutation(() => WithdrawInvitationResult, { description: 'Make the link of an invitation dead.' })
  async withdrawInvitation(
    @Ctx() context: GraphContext,
    @Arg('input', () => InvitationInput, { description: 'Which one.' }) input: InvitationInput,
  ) {
    const result = await context.useCases.withdrawInvitation(fullSession(context), input.id);
    return toResult(result, ({ id }) => ({ __typename: 'InvitationWithdrawn', id }));
  }

  @Mutation(() => AcceptInvitationResult, {
    description:
      'Make the account that an invitation is for, with the own password, and sign in. Uses the link up; a weak password does not.',
  })
  async acceptInvitation(
    @Ctx() context: GraphContext,
    @Arg('input', () => AcceptInvitationInput, { description: 'The token, the name and the password.' })
    input: AcceptInvitationInput,
  ) {
    const result = await context.useCases.acceptInvitation(input);
    return toResult(result, (value) => toSignedIn(context, value));
  }
}
