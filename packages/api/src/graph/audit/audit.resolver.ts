import { toCsv } from '@twofold/core/audit/audit-csv';
import type { AuditPageQuery, ShownEvent } from '@twofold/core/audit/audit-log';
import type { ListAuditEventsInput } from '@twofold/core/audit/list-audit-events';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { fullSession } from '../graph-context.js';
import { AuditEventConnection, AuditEventFilter, toAuditEventConnection } from './audit-event.type.js';
import { decodeEventCursor } from './event-cursor.js';

const CSV_LINES = 10_000;

@Resolver()
export class AuditResolver {
  @Query(() => AuditEventConnection, {
    description:
      "What was attempted, newest first: the viewer's own, or for ADMIN and OWNER the organisation's. first: 1 to 100.",
  })
  async auditEvents(
    @Ctx() context: GraphContext,
    @Arg('first', () => Int, { defaultValue: 25, description: 'How many at most: 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor behind which the page begins.' })
    after: string | null | undefined,
    @Arg('filter', () => AuditEventFilter, {
      defaultValue: { everybody: false },
      description: 'Which lines.',
    })
    filter: AuditEventFilter,
  ): Promise<AuditEventConnection> {
    const { user } = fullSession(context);
    const query = toQuery(filter, first, after == null ? null : decodeEventCursor(after));
    return toAuditEventConnection(await context.useCases.listAuditEvents(user, query), after == null);
  }

  @Query(() => String, {
    description:
      'The same lines as CSV (RFC 4180), safe to open in a spreadsheet; the newest 10,000 at most.',
  })
  async auditEventsCsv(
    @Ctx() context: GraphContext,
    @Arg('filter', () => AuditEventFilter, {
      defaultValue: { everybody: false },
      description: 'Which lines.',
    })
    filter: AuditEventFilter,
  ): Promise<string> {
    const { user } = fullSession(context);
    const events: ShownEvent[] = [];
    for (
      let after: AuditPageQuery['after'] = null;
      events.length < CSV_LINES;
      after = events.at(-1) ?? null
    ) {
      const page = await context.useCases.listAuditEvents(user, toQuery(filter, 100, after));
      events.push(...page.events);
      if (!page.hasNextPage) break;
    }
    return toCsv(events, (at) => new Date(at).toISOString());
  }
}

function toQuery(
  filter: AuditEventFilter,
  first: number,
  after: AuditPageQuery['after'],
): ListAuditEventsInput {
  const { everybody, userId = null, action = null, succeeded = null, since = null, until = null } = filter;
  return { everybody, userId, action, succeeded, since, until, first, after };
}
