/** Passages by sex and stretch of time, for the chart and its table. */
import { SEX_WORDS, type KeptPassage, type SexWord } from './kept.svelte.ts';

/** Lengths of a stretch, in seconds. */
export const STRETCHES_S = [10, 60, 3600] as const;
export type StretchS = (typeof STRETCHES_S)[number];

export interface Series {
  /** Start of each stretch on the common time axis, in seconds, without gaps. */
  readonly startsS: readonly number[];
  readonly bySex: Readonly<Record<SexWord, readonly number[]>>;
}

/** Stretches shown at most; the newest are kept. */
const MOST = 96;

/** @param untilS end of the time axis, in seconds; the stretch it falls in is the last one */
export function seriesOf(passages: readonly KeptPassage[], stretchS: number, untilS: number): Series {
  const last = Math.floor(untilS / stretchS);
  const first = Math.max(0, last - MOST + 1);
  const length = last - first + 1;
  const bySex = Object.fromEntries(
    SEX_WORDS.map((sex) => [sex, new Array<number>(length).fill(0)]),
  ) as Record<SexWord, number[]>;
  for (const { record, timeS } of passages) {
    const at = Math.floor(timeS / stretchS) - first;
    if (at >= 0 && at < length) bySex[record.sex][at]!++;
  }
  return { startsS: Array.from({ length }, (_, i) => (first + i) * stretchS), bySex };
}
