import 'reflect-metadata';
import type { User } from '@twofold/core/users/user';
import type { GraphQLNamedType, GraphQLSchema } from 'graphql';
import { isObjectType, isUnionType, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccountResolver } from './account/account.resolver.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { EmailChangeResolver } from './email/email-change.resolver.js';
import { SessionsResolver } from './devices/sessions.resolver.js';
import { TrustedBrowsersResolver } from './devices/trusted-browsers.resolver.js';
import type { GraphContext } from './graph-context.js';
import { InvitationsResolver } from './invitations/invitations.resolver.js';
import { PasswordsResolver } from './passwords/passwords.resolver.js';
import { PolicyResolver } from './policy/policy.resolver.js';
import type { Member } from './result-union.js';
import { SignInResolver } from './sign-in/sign-in.resolver.js';
import { PhonesResolver } from './two-factor/phones.resolver.js';
import { TwoFactorResolver } from './two-factor/two-factor.resolver.js';
import { UserResolver } from './users/user.type.js';
import { UsersResolver } from './users/users.resolver.js';
import { WayBackResolver } from './way-back/way-back.resolver.js';

/** The one list of what the API serves. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      SignInResolver,
      AccountResolver,
      UsersResolver,
      UserResolver,
      TwoFactorResolver,
      PhonesResolver,
      InvitationsResolver,
      PasswordsResolver,
      EmailChangeResolver,
      PolicyResolver,
      AuditResolver,
      WayBackResolver,
      SessionsResolver,
      TrustedBrowsersResolver,
    ],
    validate: false,
    emitSchemaFile: false,
    skipCheck: true,
  });
  // TypeGraphQL would ask resultUnion's function in a promise, for each value of a union.
  for (const type of Object.values(schema.getTypeMap())) {
    if (isUnionType(type)) type.resolveType = (member: Member) => member.__typename;
  }
  answerDirectly(schema.getType('User'), new UserResolver());
  return schema;
}

type FieldsOfUser = {
  [Name in keyof UserResolver]: (...[user, context]: Parameters<UserResolver[Name]>) => unknown;
};

/** TypeGraphQL gathers the parameters of a method anew for each user of a page. Those of a user's fields are always these
 *  two, and the methods run nothing else before. */
function answerDirectly(type: GraphQLNamedType | undefined, resolver: FieldsOfUser): void {
  if (!isObjectType(type)) throw new Error('There is no such type.');
  for (const [name, field] of Object.entries(type.getFields())) {
    if (!(name in resolver)) continue;
    const key = name as keyof UserResolver;
    field.resolve = (user: User, _arguments, context: GraphContext) => resolver[key](user, context);
  }
}

/** The SDL as it is published and committed. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(schema)}\n`;
}
