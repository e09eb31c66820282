import { median, percentile } from '../measure/statistics.js';
import type { Held } from './product.js';

export interface Sample extends Held {
  /** Seconds since the load began. */
  readonly at: number;
}

export interface Check {
  readonly what: string;
  readonly mark: string;
  readonly measured: string;
  readonly met: boolean;
}

/** By how much it grows from the first to the last of the points, by the line that fits them best (least squares). */
export function growth(points: readonly { readonly at: number; readonly value: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const times = points.map(({ at }) => at);
  const [middle, level] = [mean(times), mean(points.map(({ value }) => value))];
  const spread = points.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
  if (spread === 0) return 0;
  const slope = points.reduce((sum, { at, value }) => sum + (at - middle) * (value - level), 0) / spread;
  return slope * (Math.max(...times) - Math.min(...times));
}

/** The first third is the start: caches fill, code is compiled. */
export function settled<T extends { readonly at: number }>(samples: readonly T[]): T[] {
  const last = samples.at(-1)?.at ?? 0;
  return samples.filter(({ at }) => at >= last / 3);
}

/** Growth of more than this part of the median is a leak, not noise. */
const FLAT = 0.1;
/** Connections come and go by a few. */
const FEW = 5;

export function isFlat(samples: readonly Sample[], what: keyof Held): Check {
  const points = settled(samples).map((sample) => ({ at: sample.at, value: sample[what] }));
  const level = median(points.map(({ value }) => value));
  const grown = growth(points);
  const isMemory = what === 'rss' || what === 'heap';
  const shown = (value: number) => (isMemory ? `${(value / 2 ** 20).toFixed(1)} MiB` : value.toFixed(1));
  return {
    what: titles[what],
    mark: isMemory ? 'grows by 10 % at most' : `grows by ${String(FEW)} at most`,
    measured: `${shown(level)}, grows by ${shown(grown)}`,
    met: grown <= (isMemory ? level * FLAT : FEW),
  };
}

const titles: Readonly<Record<keyof Held, string>> = {
  rss: 'resident memory, over the last two thirds',
  heap: 'heap and buffers after garbage was collected',
  files: 'open files',
  sockets: 'open sockets',
};

/** @param milliseconds the time of each @param most the mark for 99 of 100 */
export function isQuick(what: string, milliseconds: readonly number[], most: number): Check {
  const p99 = percentile(milliseconds, 99);
  const shown = (percent: number) => percentile(milliseconds, percent).toFixed(0);
  return {
    what: `${what} (${milliseconds.length.toLocaleString('en-GB')})`,
    mark: `p99 under ${String(most)} ms`,
    measured: `p50 ${shown(50)} ms, p99 ${p99.toFixed(0)} ms, longest ${shown(100)} ms`,
    met: p99 < most,
  };
}
