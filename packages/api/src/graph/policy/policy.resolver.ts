import { Arg, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { fullSession } from '../graph-context.js';
import { resultUnion, toResult } from '../result-union.js';
import { SimpleObject } from '../simple-object.js';
import { PolicyPreview, toPolicyPreview } from './policy-preview.type.js';
import { fromInput, Policy, PreviewPolicyInput, toPolicy, UpdatePolicyInput } from './policy.type.js';

@SimpleObject({ description: 'The policy is in force.' })
class PolicyUpdated {
  readonly __typename!: 'PolicyUpdated';

  @Field(() => Policy, { description: 'As it is now.' })
  policy!: Policy;
}

const PreviewPolicyResult = resultUnion(
  'PreviewPolicyResult',
  'What would come of it, or why it cannot be.',
  [PolicyPreview],
);
const UpdatePolicyResult = resultUnion('UpdatePolicyResult', 'How updatePolicy ends.', [PolicyUpdated]);

@Resolver()
export class PolicyResolver {
  @Query(() => Policy, { description: "What the viewer's organisation asks of its people." })
  async policy(@Ctx() context: GraphContext): Promise<Policy> {
    return toPolicy(await context.useCases.viewPolicy(fullSession(context).user));
  }

  @Query(() => PreviewPolicyResult, {
    description:
      'The rehearsal of updatePolicy: who would have to set two-factor authentication up, and who would be told. For ADMIN and ' +
      'OWNER. It changes nothing.',
  })
  async previewPolicy(
    @Ctx() context: GraphContext,
    @Arg('input', () => PreviewPolicyInput, { description: 'The policy.' }) input: PreviewPolicyInput,
  ) {
    const previewed = await context.useCases.previewPolicy(fullSession(context), fromInput(input));
    return toResult(previewed, toPolicyPreview);
  }

  @Mutation(() => UpdatePolicyResult, {
    description:
      'Change what the organisation asks of its people, behind the confirmed password. For ADMIN and OWNER. Those who would have to ' +
      'set two-factor authentication up are told by mail. A policy that would leave the viewer out answers POLICY_LOCKS_OUT.',
  })
  async updatePolicy(
    @Ctx() context: GraphContext,
    @Arg('input', () => UpdatePolicyInput, { description: 'The policy.' }) input: UpdatePolicyInput,
  ) {
    const live = fullSession(context);
    const { version } = input;
    const updated = await context.useCases.updatePolicy(live, { ...fromInput(input), version });
    const result = toResult(updated, (policy) => ({ __typename: 'PolicyUpdated', policy: toPolicy(policy) }));
    if (updated.ok || updated.problem.code !== 'POLICY_CHANGED') return result;
    return { ...result, policyInForce: toPolicy(await context.useCases.viewPolicy(live.user)) };
  }
}
