import type { Instant } from '@twofold/core/ports';
import type { User as CoreUser } from '@twofold/core/users/user';
import { Field, InputType, Int } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { resultUnion } from '../result-union.js';
import { User } from '../users/user.type.js';
import { SimpleObject } from '../simple-object.js';

@InputType({ description: 'The own password, once more.' })
export class ConfirmPasswordInput {
  @Field(() => String, { description: "The viewer's password." })
  password!: string;
}

@SimpleObject({ description: 'The password was right.' })
export class PasswordConfirmed {
  readonly __typename!: 'PasswordConfirmed';

  @Field(() => DateTime, {
    description: 'Until when this session may view and edit the two-factor settings.',
  })
  expiresAt!: Instant;
}

export const ConfirmPasswordResult = resultUnion('ConfirmPasswordResult', 'How confirmPassword ends.', [
  PasswordConfirmed,
]);

@InputType({ description: 'The old and the new password.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The password in force.' })
  currentPassword!: string;

  @Field(() => String, {
    description: '12 to 1,024 characters after NFKC, hard to guess; no rule of composition.',
  })
  newPassword!: string;
}

@SimpleObject({ description: 'The new password is in force.' })
export class PasswordChanged {
  readonly __typename!: 'PasswordChanged';

  @Field(() => User, { description: 'The one whose password it is.' })
  viewer!: CoreUser;

  @Field(() => Int, { description: 'How many other sessions of the user have ended by it.' })
  endedSessions!: number;
}

export const ChangePasswordResult = resultUnion('ChangePasswordResult', 'How changePassword ends.', [
  PasswordChanged,
]);
