import type { User as CoreUser } from '@twofold/core/users/user';
import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { fullSession } from '../graph-context.js';
import { decodeCursor } from './cursor.js';
import { UserConnection, UserOrder } from './user-connection.type.js';
import { User } from './user.type.js';

@Resolver()
export class UsersResolver {
  @Query(() => User, {
    nullable: true,
    description: "One user of the viewer's organisation; null where there is none that the viewer may see.",
  })
  user(
    @Ctx() context: GraphContext,
    @Arg('id', () => ID, { description: "The user's id." }) id: string,
  ): Promise<CoreUser | null> {
    return context.useCases.getUser(fullSession(context).user, id);
  }

  @Query(() => UserConnection, {
    description:
      "The users of the viewer's organisation. first: 1 to 100. The filter twoFactorEnabled is for ADMIN and OWNER. " +
      'Ordered alike on both databases: without case, nulls last, then by id.',
  })
  async users(
    @Ctx() context: GraphContext,
    @Arg('first', () => Int, { defaultValue: 25, description: 'How many at most: 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor behind which the page begins.' })
    after: string | null | undefined,
    @Arg('search', () => String, {
      nullable: true,
      description: 'A part of the name or the email, without case.',
    })
    search: string | null | undefined,
    @Arg('twoFactorEnabled', () => Boolean, {
      nullable: true,
      description: 'Only those with two-factor authentication on, or off. For ADMIN and OWNER.',
    })
    twoFactorEnabled: boolean | null | undefined,
    @Arg('orderBy', () => UserOrder, {
      defaultValue: { field: 'NAME', direction: 'ASC' },
      description: 'The order; by name where left out.',
    })
    orderBy: UserOrder,
  ): Promise<UserConnection> {
    const { user } = fullSession(context);
    const listed = await context.useCases.listUsers(user, {
      first,
      after: after == null ? null : decodeCursor(after, orderBy),
      search: search?.trim() || null,
      twoFactorEnabled: twoFactorEnabled ?? null,
      orderBy,
    });
    return new UserConnection(listed, orderBy, after == null);
  }
}
