import type { ListedUsers } from '@twofold/core/users/list-users';
import type { UserOrderField as CoreUserOrderField } from '@twofold/core/users/user-store';
import type { User as CoreUser } from '@twofold/core/users/user';
import { Field, InputType, Int } from 'type-graphql';
import { describedEnum } from '../enum.js';
import { encodeCursor } from './cursor.js';
import { User } from './user.type.js';
import { SimpleObject } from '../simple-object.js';

export const UserOrderField = describedEnum<CoreUserOrderField>(
  'UserOrderField',
  'What users are ordered by.',
  {
    NAME: 'The name, without case.',
    EMAIL: 'The email.',
    ROLE: 'The name of the role.',
    LAST_SIGN_IN_AT: 'The last sign-in; those who never signed in come last in both directions.',
  },
);

export const OrderDirection = describedEnum('OrderDirection', 'Which way a list runs.', {
  ASC: 'From A to Z, from old to new.',
  DESC: 'From Z to A, from new to old.',
});

@InputType({ description: 'An order of users. Those alike in it are ordered by id.' })
export class UserOrder {
  @Field(() => UserOrderField, { description: 'What they are ordered by.' })
  field!: CoreUserOrderField;

  @Field(() => OrderDirection, { description: 'Which way.' })
  direction!: 'ASC' | 'DESC';
}

@SimpleObject({ description: 'Where a page is, and whether there is more.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow behind endCursor.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page was asked for behind a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first one; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last one, to go on with as `after`.',
  })
  endCursor!: string | null;
}

@SimpleObject({ description: 'A user and where they stand in the list.' })
export class UserEdge {
  @Field(() => String, { description: 'Opaque; good for the same order alone.' })
  cursor!: string;

  @Field(() => User, { description: 'The user.' })
  node!: CoreUser;
}

@SimpleObject({ description: 'One page of users (Relay connection).' })
export class UserConnection {
  constructor(
    private readonly listed: ListedUsers,
    private readonly order: UserOrder,
    private readonly isFirst: boolean,
  ) {}

  @Field(() => [UserEdge], { description: 'The users with their cursors.' })
  edges(): UserEdge[] {
    return this.listed.users.map((node) => ({ cursor: encodeCursor(node, this.order), node }));
  }

  @Field(() => [User], { description: 'The users.' })
  nodes(): readonly CoreUser[] {
    return this.listed.users;
  }

  @Field(() => PageInfo, { description: 'Where this page is.' })
  pageInfo(): PageInfo {
    const { users, hasNextPage } = this.listed;
    const [first, last] = [users[0], users.at(-1)];
    return {
      hasNextPage,
      hasPreviousPage: !this.isFirst,
      startCursor: first ? encodeCursor(first, this.order) : null,
      endCursor: last ? encodeCursor(last, this.order) : null,
    };
  }

  @Field(() => Int, { description: 'How many there are over all pages. Counted only where it is asked for.' })
  totalCount(): Promise<number> {
    return this.listed.total();
  }
}
