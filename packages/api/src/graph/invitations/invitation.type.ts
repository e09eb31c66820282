import type { Invitation as CoreInvitation } from '@twofold/core/invitations/invitation';
import type { Instant } from '@twofold/core/ports';
import type { SessionTransport as CoreSessionTransport } from '@twofold/core/sign-in/challenge';
import type { Role as CoreRole, User as CoreUser } from '@twofold/core/users/user';
import { Field, ID, InputType } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { resultUnion } from '../result-union.js';
import { SessionTransport } from '../sign-in/sign-in.input.js';
import { SignedIn } from '../sign-in/signed-in.type.js';
import { SimpleObject } from '../simple-object.js';
import { Role, User } from '../users/user.type.js';

@SimpleObject({ description: 'Somebody was asked by mail to join, and has not yet.' })
export class Invitation {
  @Field(() => ID, { description: 'Opaque; not the token of the link.' })
  id!: string;

  @Field(() => String, { description: 'Where the link was mailed to, in lower case.' })
  email!: string;

  @Field(() => String, { description: 'What they are called; they may correct it.' })
  name!: string;

  @Field(() => Role, { description: 'What they will be allowed to do.' })
  role!: CoreRole;

  @Field(() => User, { description: 'Who sent it last.' })
  invitedBy!: CoreUser;

  @Field(() => DateTime, { description: 'When it was sent last.' })
  createdAt!: Instant;

  @Field(() => DateTime, { description: 'When its link runs out: 72 hours later.' })
  expiresAt!: Instant;
}

@SimpleObject({ description: 'What the holder of an invitation is asked to join.' })
export class InvitationOffer {
  @Field(() => String, { description: 'The name of the organisation.' })
  organization!: string;

  @Field(() => String, { description: 'The name of who sent it.' })
  invitedBy!: string;

  @Field(() => String, { description: 'The email of the account to be.' })
  email!: string;

  @Field(() => String, { description: 'The name as it was given, to be corrected.' })
  name!: string;

  @Field(() => Role, { description: 'What the account will be allowed to do.' })
  role!: CoreRole;

  @Field(() => DateTime, { description: 'When the link runs out.' })
  expiresAt!: Instant;
}

export function toInvitationOffer(invitation: CoreInvitation): InvitationOffer {
  const { email, name, role, expiresAt, invitedBy } = invitation;
  return {
    organization: invitedBy.organization.name,
    invitedBy: invitedBy.name,
    email,
    name,
    role,
    expiresAt,
  };
}

@InputType({ description: 'Who is to join, and as what.' })
export class InviteUserInput {
  @Field(() => String, { description: 'Where the link is mailed to, and by which they will sign in.' })
  email!: string;

  @Field(() => String, { description: 'One line of 1 to 200 characters; they may correct it.' })
  name!: string;

  @Field(() => Role, { description: 'OWNER is for owners to give.' })
  role!: CoreRole;
}

@SimpleObject({ description: 'The mail is on its way. The same where there is an account with the email.' })
export class InvitationSent {
  readonly __typename!: 'InvitationSent';

  @Field(() => Invitation, { description: 'As it now stands.' })
  invitation!: CoreInvitation;
}

export const InviteUserResult = resultUnion('InviteUserResult', 'How inviteUser ends.', [InvitationSent]);
export const ResendInvitationResult = resultUnion('ResendInvitationResult', 'How resendInvitation ends.', [
  InvitationSent,
]);

@InputType({ description: 'Which invitation.' })
export class InvitationInput {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@SimpleObject({ description: 'The link of the invitation is dead.' })
export class InvitationWithdrawn {
  readonly __typename!: 'InvitationWithdrawn';

  @Field(() => ID, { description: 'Which one it was.' })
  id!: string;
}

export const WithdrawInvitationResult = resultUnion(
  'WithdrawInvitationResult',
  'How withdrawInvitation ends.',
  [InvitationWithdrawn],
);

@InputType({ description: 'The token of the link, and what the account is to have.' })
export class AcceptInvitationInput {
  @Field(() => String, { description: 'What stands behind the # of the link.' })
  token!: string;

  @Field(() => String, { description: 'One line of 1 to 200 characters.' })
  name!: string;

  @Field(() => String, {
    description: '12 to 1,024 characters after NFKC, hard to guess; no rule of composition.',
  })
  password!: string;

  @Field(() => SessionTransport, { defaultValue: 'COOKIE', description: 'How the first session travels.' })
  transport!: CoreSessionTransport;
}

export const AcceptInvitationResult = resultUnion('AcceptInvitationResult', 'How acceptInvitation ends.', [
  SignedIn,
]);
