import type { PasswordLink as CorePasswordLink } from '@twofold/core/passwords/view-password-link';
import type { PasswordLinkPurpose as CorePurpose } from '@twofold/core/passwords/password-link';
import type { Instant } from '@twofold/core/ports';
import { Field, InputType } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { describedEnum } from '../enum.js';
import { resultUnion } from '../result-union.js';
import { SimpleObject } from '../simple-object.js';

export const PasswordLinkPurpose = describedEnum<CorePurpose>(
  'PasswordLinkPurpose',
  'By which operation a link sets a password.',
  {
    PASSWORD_RESET: 'resetPassword: of an account that has one.',
    FIRST_PASSWORD: 'setFirstPassword: of an account that an operator made without one.',
  },
);

@SimpleObject({ description: 'Whose password the holder of a link may set.' })
export class PasswordLink {
  @Field(() => PasswordLinkPurpose, { description: 'By which operation.' })
  purpose!: CorePurpose;

  @Field(() => String, { description: 'The email of the account.' })
  email!: string;

  @Field(() => String, { description: 'What its owner is called: no good part of a password.' })
  name!: string;

  @Field(() => String, { description: 'The name of the organisation: no good part of a password either.' })
  organization!: string;

  @Field(() => DateTime, { description: 'When the link runs out.' })
  expiresAt!: Instant;
}

export function toPasswordLink({ purpose, user, expiresAt }: CorePasswordLink): PasswordLink {
  const { email, name, organization } = user;
  return { purpose, email, name, organization: organization.name, expiresAt };
}

@InputType({ description: 'Whose password was forgotten.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The email of the account. Without case.' })
  email!: string;
}

@SimpleObject({ description: 'A link is on its way, if there is an account with this email.' })
export class PasswordResetRequested {
  readonly __typename!: 'PasswordResetRequested';

  @Field(() => DateTime, { description: 'When a link that is mailed now runs out.' })
  expiresAt!: Instant;
}

export const RequestPasswordResetResult = resultUnion(
  'RequestPasswordResetResult',
  'How requestPasswordReset ends.',
  [PasswordResetRequested],
);

@InputType({ description: 'The token of the link, and the new password.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'What stands behind the # of the link.' })
  token!: string;

  @Field(() => String, {
    description: '12 to 1,024 characters after NFKC, hard to guess; no rule of composition.',
  })
  newPassword!: string;
}

@InputType({ description: 'The token of the link, and the first password.' })
export class SetFirstPasswordInput {
  @Field(() => String, { description: 'What stands behind the # of the link.' })
  token!: string;

  @Field(() => String, {
    description: '12 to 1,024 characters after NFKC, hard to guess; no rule of composition.',
  })
  password!: string;
}

@SimpleObject({ description: 'The password is in force. Nobody was signed in by it.' })
export class PasswordSet {
  readonly __typename!: 'PasswordSet';

  @Field(() => String, { description: 'The email to sign in with.' })
  email!: string;
}

export const ResetPasswordResult = resultUnion('ResetPasswordResult', 'How resetPassword ends.', [
  PasswordSet,
]);
export const SetFirstPasswordResult = resultUnion('SetFirstPasswordResult', 'How setFirstPassword ends.', [
  PasswordSet,
]);
