import type { Instant } from '@twofold/core/ports';
import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/** `DateTime` on the wire, an Instant of core within. */
export const DateTime = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'A moment in UTC, as RFC 3339 writes it: `2026-11-24T08:15:30.000Z`.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => new Date(value as Instant).toISOString(),
  parseValue: (value) => GraphQLDateTime.parseValue(value).getTime(),
  parseLiteral: (ast) => GraphQLDateTime.parseLiteral(ast, null).getTime(),
});
