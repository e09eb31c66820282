/** How long the answers to one kind of email took, in milliseconds. */
export interface Timing {
  readonly kind: string;
  readonly times: readonly number[];
}

/** The value below which a share of them lies, by the nearest rank: one that was measured, and none in between. */
export function quantile(times: readonly number[], share: number): number {
  const ordered = [...times].sort((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? Number.NaN;
}

/** How far the medians of any two kinds lie apart. */
export function spreadOfMedians(timings: readonly Timing[]): number {
  const medians = timings.map(({ times }) => quantile(times, 0.5));
  return Math.max(...medians) - Math.min(...medians);
}

/**
 * How far the median may lie from the one that endless sampling would give, at 95 %: half of the distance between the two values
 * whose ranks hold it, which presumes nothing about how the times are spread.
 */
export function uncertaintyOfMedian(times: readonly number[]): number {
  const aside = 0.98 / Math.sqrt(times.length);
  return (quantile(times, 0.5 + aside) - quantile(times, 0.5 - aside)) / 2;
}

/** The same in any order, each as likely. */
export function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}

/** A table of Markdown, in milliseconds. */
export function timingTable(timings: readonly Timing[]): string {
  const rows = timings.map(({ kind, times }) => {
    const [median, ...tail] = [0.5, 0.9, 0.99].map((share) => quantile(times, share).toFixed(2));
    const figures = [`${median} ± ${uncertaintyOfMedian(times).toFixed(2)}`, ...tail];
    return `| ${[kind, String(times.length), ...figures].join(' | ')} |`;
  });
  return ['| email | n | median | p90 | p99 |', '| --- | ---: | ---: | ---: | ---: |', ...rows].join('\n');
}
