import { ObjectType } from 'type-graphql';

/**
 * An object type whose plain fields are properties. TypeGraphQL would wrap each of them in a function of its own, and a page
 * of 50 users has 500 (ADR 14).
 */
export const SimpleObject = ({ description }: { readonly description: string }) =>
  ObjectType({ description, simpleResolvers: true });
