import type { Instant } from '@twofold/core/ports';
import type { Role as CoreRole, User as CoreUser } from '@twofold/core/users/user';
import { maySeeTwoFactorOf } from '@twofold/core/users/user';
import { Ctx, Field, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { describedEnum } from '../enum.js';
import type { GraphContext } from '../graph-context.js';
import { TwoFactorMethod } from '../two-factor/two-factor-method.js';
import { Organization } from './organization.type.js';
import { SimpleObject } from '../simple-object.js';

export const Role = describedEnum<CoreRole>('Role', 'What a user may do in the organisation.', {
  OWNER: 'Everything, ownership included.',
  ADMIN: 'Looks after people and sees who is protected.',
  MEMBER: 'Uses the dashboard and looks after the own account.',
});

@SimpleObject({ description: "A person with an account in the viewer's organisation." })
export class User {
  @Field(() => ID, { description: 'Opaque; never changes.' })
  id!: string;

  @Field(() => String, { description: 'In lower case. It belongs to one organisation.' })
  email!: string;

  @Field(() => String, { description: 'The full name.' })
  name!: string;

  @Field(() => Role, { description: 'What the user may do.' })
  role!: CoreRole;

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: Instant;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The last completed sign-in; null before the first.',
  })
  lastSignInAt!: Instant | null;

  @Field(() => Organization, { description: 'The organisation that the account belongs to.' })
  organization!: Organization;
}

/** What is known of a user depends on who looks. The viewer is the session's user, or the one who has just signed in. */
@Resolver(() => User)
export class UserResolver {
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Null where the viewer may not know: a MEMBER looking at a colleague.',
  })
  twoFactorEnabled(@Root() user: CoreUser, @Ctx() { viewer }: ViewerContext): boolean | null {
    return viewer && maySeeTwoFactorOf(viewer, user.id) ? user.twoFactorMethod !== null : null;
  }

  @FieldResolver(() => TwoFactorMethod, {
    nullable: true,
    description: "The viewer's own method, known without the password; null for others and where it is off.",
  })
  twoFactorMethod(@Root() user: CoreUser, @Ctx() { viewer }: ViewerContext): string | null {
    return viewer?.id === user.id ? user.twoFactorMethod : null;
  }

  @FieldResolver(() => Boolean, { description: 'Whether this is the one who asks.' })
  isViewer(@Root() user: CoreUser, @Ctx() { viewer }: ViewerContext): boolean {
    return viewer?.id === user.id;
  }

  @FieldResolver(() => Boolean, { description: 'True for the own account alone.' })
  viewerCanChangePassword(@Root() user: CoreUser, @Ctx() { viewer }: ViewerContext): boolean {
    return viewer?.id === user.id;
  }

  @FieldResolver(() => Boolean, {
    description: 'True for the own account alone: nobody sets it up for another.',
  })
  viewerCanEnableTwoFactor(@Root() user: CoreUser, @Ctx() { viewer }: ViewerContext): boolean {
    return viewer?.id === user.id;
  }
}

type ViewerContext = Pick<GraphContext, 'viewer'>;
