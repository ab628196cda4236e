/** Crossings by kind and stretch of time, for the chart and its table. */
import { KINDS, type Kind } from '../../../workers/contract.ts';
import type { Crossing } from './kept.svelte.ts';

/** Lengths of a stretch, in seconds. */
export const BUCKETS_S = [10, 60, 300, 900] as const;
export type BucketS = (typeof BUCKETS_S)[number];

export interface Series {
  /** Start of each stretch on the common time axis, in seconds, without gaps. */
  readonly startsS: readonly number[];
  /** Crossings of each kind in each stretch. */
  readonly byKind: Readonly<Record<Kind, readonly number[]>>;
}

/** Stretches shown at most; the newest are kept. */
const MOST_BUCKETS = 96;

/**
 * @param line whose crossings
 * @param untilS end of the time axis, in seconds; the stretch it falls in is the last one
 */
export function bucketise(
  crossings: readonly Crossing[],
  line: string,
  bucketS: number,
  untilS: number,
): Series {
  const last = Math.floor(untilS / bucketS);
  const first = Math.max(0, last - MOST_BUCKETS + 1);
  const length = last - first + 1;
  const byKind = Object.fromEntries(KINDS.map((kind) => [kind, new Array<number>(length).fill(0)])) as Record<
    Kind,
    number[]
  >;
  for (const { record, timeS } of crossings) {
    const at = Math.floor(timeS / bucketS) - first;
    if (record.line !== line || at < 0 || at >= length) continue;
    byKind[record.kind][at]!++;
  }
  return { startsS: Array.from({ length }, (_, i) => (first + i) * bucketS), byKind };
}
