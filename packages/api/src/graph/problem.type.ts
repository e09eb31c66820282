import type { Instant } from '@twofold/core/ports';
import type { Problem as CoreProblem, ProblemCode as CoreProblemCode } from '@twofold/core/problem';
import { Field } from 'type-graphql';
import { DateTime } from './date-time.js';
import { describedEnum } from './enum.js';
import { Policy } from './policy/policy.type.js';
import { SimpleObject } from './simple-object.js';

export const ProblemCode = describedEnum<CoreProblemCode>(
  'ProblemCode',
  'Why an operation could not do what was asked.',
  {
    INVALID_CREDENTIALS:
      'Wrong email or password; the same for an account that does not exist or is disabled. Where the own password is asked for: it was wrong.',
    INVALID_CODE: 'A wrong, reused or malformed code.',
    CODE_EXPIRED: 'No code is outstanding: the last one ran out. Ask for a new one.',
    CHALLENGE_EXPIRED: 'The challenge ran out, was used, or never was: sign in again.',
    TOO_MANY_ATTEMPTS: 'Answered to right and wrong attempts alike until retryAt.',
    RESEND_TOO_SOON: 'A code was sent to this phone a moment ago; the next one goes out from retryAt on.',
    PHONE_NUMBER_INVALID: 'This is no phone number, or no phone is saved where one was named.',
    PHONE_NUMBER_NOT_ALLOWED:
      'A valid number that this service does not text (premium rate, short number, country).',
    PHONE_NUMBER_DUPLICATE: 'Primary and backup phone must differ.',
    SMS_NOT_SENT: 'The text message could not be handed to the carrier. It may be tried again at once.',
    TEXT_LIMIT_REACHED: 'A budget of texts is spent until retryAt.',
    METHOD_NOT_ALLOWED: 'The organisation does not allow this method.',
    REAUTHENTICATION_REQUIRED: 'Call confirmPassword first.',
    PASSWORD_TOO_WEAK: 'The new password is shorter than 12 characters, longer than 1,024, or easy to guess.',
    SETUP_EXPIRED:
      'There is no set-up or phone change in progress in this session, it ran out, or too many wrong codes ended it.',
    TWO_FACTOR_NOT_ENABLED:
      'Two-factor authentication, or the text messages that this is about, is not switched on.',
    PASSWORD_RESET_DUE:
      'The password is right and opens nothing any more, since the owner has reported a change as not theirs: a new one must be set by the link that was mailed.',
    CHANGES_FROZEN:
      'The owner has reported a change as not theirs: until retryAt nobody changes the factors.',
    POLICY_LOCKS_OUT: 'The policy would lock out whoever sets it, and perhaps everybody.',
    POLICY_CHANGED: 'Another policy is in force by now than the one that was to be replaced.',
    DEADLINE_INVALID: 'The deadline is not between now and one year from now.',
    TWO_FACTOR_REQUIRED: 'The organisation demands two-factor authentication.',
    LINK_EXPIRED:
      'The link ran out, was used, withdrawn or replaced by a newer one, is for something else, or never was.',
    EMAIL_INVALID: 'This is no email address, or it is the one that the account has.',
    EMAIL_TAKEN:
      'There is an account with this email. Told to those alone who have proved that the mailbox is theirs.',
    NAME_INVALID: 'A name is one line of 1 to 200 characters.',
    MAIL_LIMIT_REACHED: 'A budget of mails is spent until retryAt.',
  },
);

@SimpleObject({ description: 'A failure that a caller should expect and a person can mend.' })
export class Problem {
  readonly __typename!: 'Problem';

  @Field(() => ProblemCode, { description: 'What went wrong, for programs.' })
  code!: CoreProblemCode;

  @Field(() => String, { description: 'One English sentence for a person. Clients translate by code.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The input field at fault, where there is one.' })
  field!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the same call may be tried again, where waiting helps.',
  })
  retryAt!: Instant | null;

  @Field(() => Policy, {
    nullable: true,
    description: 'With POLICY_CHANGED: the policy that is in force by now.',
  })
  policyInForce?: Policy | null;
}

export function toProblem({ code, message, field, retryAt }: CoreProblem): Problem {
  return { __typename: 'Problem', code, message, field, retryAt };
}
