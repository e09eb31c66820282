import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccountResolver } from './account/account.resolver.js';
import { AuditResolver } from './audit/audit.resolver.js';
import { SignInResolver } from './sign-in/sign-in.resolver.js';
import { PhonesResolver } from './two-factor/phones.resolver.js';
import { TwoFactorResolver } from './two-factor/two-factor.resolver.js';
import { UserResolver } from './users/user.type.js';
import { UsersResolver } from './users/users.resolver.js';

/** The one list of what the API serves. */
export function createSchema(): GraphQLSchema {
  return buildSchemaSync({
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
}

/** The SDL as it is published and committed. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(schema)}\n`;
}
