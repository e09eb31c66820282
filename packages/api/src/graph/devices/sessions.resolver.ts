import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { Session, toSession } from '../account/session.type.js';
import type { GraphContext } from '../graph-context.js';
import { fullSession } from '../graph-context.js';
import { toResult } from '../result-union.js';
import {
  EndOtherSessionsResult,
  EndSessionInput,
  EndSessionResult,
  EndUserSessionsInput,
  EndUserSessionsResult,
} from './devices.type.js';

@Resolver()
export class SessionsResolver {
  @Query(() => [Session], {
    description: "The viewer's own sessions, the one that was used last first; 100 at most.",
  })
  async sessions(@Ctx() context: GraphContext): Promise<Session[]> {
    const live = fullSession(context);
    const found = await context.useCases.listSessions(live);
    return found.map((session) => toSession(live, session, context.now()));
  }

  @Query(() => [Session], {
    description:
      'The sessions of somebody whom the viewer looks after, the one that was used last first; 100 at most. For ADMIN and OWNER.',
  })
  async userSessions(
    @Ctx() context: GraphContext,
    @Arg('userId', () => ID, { description: "The user's id." }) userId: string,
  ): Promise<Session[]> {
    const live = fullSession(context);
    const { user, sessions } = await context.useCases.listUserSessions(live, userId);
    return sessions.map((session) => toSession(live, session, context.now(), user));
  }

  @Mutation(() => EndSessionResult, {
    description: 'End one of the own sessions; the one in hand too. NOT_FOUND where it is none of them.',
  })
  async endSession(
    @Ctx() context: GraphContext,
    @Arg('input', () => EndSessionInput, { description: 'Which one.' }) { sessionId }: EndSessionInput,
  ) {
    const result = await context.useCases.endSession(fullSession(context), sessionId);
    return toResult(result, ({ wasCurrent }) => {
      if (wasCurrent && context.cookieSession) context.sessionCookie.clear();
      return { __typename: 'SessionEnded', wasCurrent };
    });
  }

  @Mutation(() => EndOtherSessionsResult, {
    description: 'End every own session but the one in hand, and every sign-in that waits for its code.',
  })
  async endOtherSessions(@Ctx() context: GraphContext) {
    const result = await context.useCases.endOtherSessions(fullSession(context));
    return toResult(result, (ended) => ({ __typename: 'OtherSessionsEnded', ...ended }));
  }

  @Mutation(() => EndUserSessionsResult, {
    description:
      'Sign somebody out everywhere, and trust no browser of theirs any more; they are told by mail. Behind the confirmed password. For ADMIN and OWNER.',
  })
  async endUserSessions(
    @Ctx() context: GraphContext,
    @Arg('input', () => EndUserSessionsInput, { description: 'Whom.' }) { userId }: EndUserSessionsInput,
  ) {
    const result = await context.useCases.endUserSessions(fullSession(context), userId);
    return toResult(result, (ended) => ({ __typename: 'UserSessionsEnded', ...ended }));
  }
}
