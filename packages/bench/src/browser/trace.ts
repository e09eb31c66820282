/** What Chromium writes down of a thread, as far as it is read here. Times are µs of one clock. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args: {
    readonly frame?: string;
    readonly data?: {
      readonly isOutermostMainFrame?: boolean;
      readonly documentLoaderURL?: string;
      readonly score?: number;
      readonly had_recent_input?: boolean;
    };
  };
}

/** In ms since the navigation began; `shift` is a sum of scores without a unit. */
export interface Timings {
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly blocking: number;
  readonly shift: number;
}

/** Beyond this a task is felt: https://web.dev/articles/tbt. */
const LONG_MS = 50;
/** A session of layout shifts ends after a pause of a second, and at five: https://web.dev/articles/cls. */
const PAUSE = 1_000_000;
const LONGEST = 5_000_000;

/**
 * Reads the figures of one visit from its trace, by the definitions of Web Vitals.
 *
 * @param url that the visit opened
 * @throws Error where the trace has no navigation there, or nothing was painted
 */
export function timingsOf(events: readonly TraceEvent[], url: string): Timings {
  const start = events.find(
    ({ name, args: { data } }) =>
      name === 'navigationStart' && data?.isOutermostMainFrame === true && data.documentLoaderURL === url,
  );
  if (!start) throw new Error(`The trace has no navigation to ${url}.`);
  const ofPage = events.filter(({ pid, ts }) => pid === start.pid && ts >= start.ts);
  const ofFrame = (wanted: string) =>
    ofPage.filter(({ name, args }) => name === wanted && args.frame === start.args.frame);
  const [first] = ofFrame('firstContentfulPaint');
  // Each candidate is larger than the one before it.
  const largest = ofFrame('largestContentfulPaint::Candidate').at(-1);
  if (!first || !largest) throw new Error(`Nothing was painted at ${url}.`);
  const tasks = ofPage.filter(
    ({ name, tid, ts }) => name === 'RunTask' && tid === start.tid && ts > start.ts,
  );
  // Chromium has moved them to another category before: then nothing would seem to block.
  if (tasks.length === 0) throw new Error('The trace has no tasks.');
  return {
    firstPaint: (first.ts - start.ts) / 1_000,
    largestPaint: (largest.ts - start.ts) / 1_000,
    blocking: sum(tasks.map((task) => blockingOf(task, first.ts))),
    shift: worstSession(ofPage.filter(({ name }) => name === 'LayoutShift')),
  };
}

/** What of a task lies behind the first paint, beyond the first 50 ms of it. */
function blockingOf({ ts, dur = 0 }: TraceEvent, since: number): number {
  const ms = (ts + dur - Math.max(ts, since)) / 1_000;
  return Math.max(0, ms - LONG_MS);
}

function worstSession(shifts: readonly TraceEvent[]): number {
  let worst = 0;
  let session = { score: 0, begin: 0, last: 0 };
  for (const { ts, args } of shifts) {
    if (args.data?.had_recent_input === true) continue;
    const goesOn = ts - session.last < PAUSE && ts - session.begin < LONGEST;
    const score = args.data?.score ?? 0;
    session = goesOn
      ? { ...session, score: session.score + score, last: ts }
      : { score, begin: ts, last: ts };
    worst = Math.max(worst, session.score);
  }
  return worst;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
