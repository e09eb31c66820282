import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { isUnionType, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccountResolver } from './account/account.resolver.js';
import { AuditResolver } from './audit/audit.resolver.js';
import type { Member } from './result-union.js';
import { SignInResolver } from './sign-in/sign-in.resolver.js';
import { PhonesResolver } from './two-factor/phones.resolver.js';
import { TwoFactorResolver } from './two-factor/two-factor.resolver.js';
import { UserResolver } from './users/user.type.js';
import { UsersResolver } from './users/users.resolver.js';

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
      AuditResolver,
    ],
    validate: false,
    emitSchemaFile: false,
  });
  // TypeGraphQL would ask resultUnion's function in a promise, for each value of a union.
  for (const type of Object.values(schema.getTypeMap())) {
    if (isUnionType(type)) type.resolveType = (member: Member) => member.__typename;
  }
  return schema;
}

/** The SDL as it is published and committed. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(schema)}\n`;
}
