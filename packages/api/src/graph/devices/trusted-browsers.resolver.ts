import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { fullSession } from '../graph-context.js';
import { toResult } from '../result-union.js';
import {
  RemoveTrustedBrowserInput,
  RemoveTrustedBrowserResult,
  RemoveTrustedBrowsersResult,
  toTrustedBrowser,
  TrustedBrowser,
} from './devices.type.js';

@Resolver()
export class TrustedBrowsersResolver {
  @Query(() => [TrustedBrowser], {
    description:
      'The browsers in which the viewer signs in without a second factor, the one used last first.',
  })
  async trustedBrowsers(@Ctx() context: GraphContext): Promise<TrustedBrowser[]> {
    const live = fullSession(context);
    const found = await context.useCases.listTrustedBrowsers(live);
    return found.map((browser) => toTrustedBrowser(live, browser));
  }

  @Mutation(() => RemoveTrustedBrowserResult, {
    description:
      "Trust one of them no more. Sessions in it live on. NOT_FOUND where it is none of the viewer's.",
  })
  async removeTrustedBrowser(
    @Ctx() context: GraphContext,
    @Arg('input', () => RemoveTrustedBrowserInput, { description: 'Which one.' })
    { trustedBrowserId }: RemoveTrustedBrowserInput,
  ) {
    const result = await context.useCases.removeTrustedBrowser(fullSession(context), trustedBrowserId);
    return toResult(result, () => ({ __typename: 'TrustedBrowsersRemoved', removed: 1 }));
  }

  @Mutation(() => RemoveTrustedBrowsersResult, {
    description: 'Trust none of them any more. Sessions in them live on.',
  })
  async removeTrustedBrowsers(@Ctx() context: GraphContext) {
    const result = await context.useCases.removeTrustedBrowsers(fullSession(context));
    return toResult(result, ({ removed }) => ({ __typename: 'TrustedBrowsersRemoved', removed }));
  }
}
