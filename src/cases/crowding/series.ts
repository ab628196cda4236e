/** Figures over time, for the chart and its table. */
import type { Figures } from './records.svelte.ts';

export interface Series {
  /** Start of each stretch on the common time axis, in seconds, without gaps. */
  readonly startsS: readonly number[];
  /** Length of a stretch, seconds. */
  readonly stretchS: number;
  /** Mean of the interval, whole people; without records, the last known value. */
  readonly standing: readonly number[];
  readonly moving: readonly number[];
}

/** Lengths of an interval, in seconds; the shortest with which all records fit is used. */
const STRETCHES_S = [2, 5, 15, 60, 300, 900] as const;
/** Maximum number of intervals; the newest are kept. */
const MAX = 60;

/** @param untilS end of the time axis, in seconds; its interval is the last one */
export function seriesOf(figures: readonly Figures[], untilS: number): Series {
  const fromS = figures[0]?.timeS ?? 0;
  const stretchS = STRETCHES_S.find((s) => (untilS - fromS) / s <= MAX - 1) ?? STRETCHES_S.at(-1)!;
  const last = Math.floor(untilS / stretchS);
  const first = Math.max(Math.floor(fromS / stretchS), last - MAX + 1);
  const length = last - first + 1;
  const sums = Array.from({ length }, () => ({ n: 0, standing: 0, moving: 0 }));
  for (const { record, timeS } of figures) {
    const sum = sums[Math.floor(timeS / stretchS) - first];
    if (!sum) continue;
    sum.n++;
    sum.standing += record.standing;
    sum.moving += record.moving;
  }
  const mean = (of: 'standing' | 'moving') => {
    let last = 0;
    return sums.map((s) => (last = s.n === 0 ? last : Math.round(s[of] / s.n)));
  };
  return {
    startsS: sums.map((_, i) => (first + i) * stretchS),
    stretchS,
    standing: mean('standing'),
    moving: mean('moving'),
  };
}
