import type { Result } from '@twofold/core/result';
import type { ClassType } from 'type-graphql';
import { createUnionType } from 'type-graphql';
import { Problem, toProblem } from './problem.type.js';

/** Every member carries its own name, so that no value is ever guessed at. */
export interface Member {
  readonly __typename: string;
}

export function resultUnion(name: string, description: string, types: readonly ClassType<Member>[]): object {
  return createUnionType({
    name,
    description,
    types: () => [...types, Problem] as const,
    resolveType: (value: Member) => value.__typename,
  });
}

/** Turns what a use case answers into a member of its union. */
export function toResult<T, M extends Member | Promise<Member>>(
  result: Result<T>,
  toMember: (value: T) => M,
): M | Problem {
  return result.ok ? toMember(result.value) : toProblem(result.problem);
}
