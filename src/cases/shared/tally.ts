/** Number of events by kind and interval, for a chart and its table. */

export interface Happening<K extends string> {
  readonly kind: K;
  /** On the common time axis, in seconds. */
  readonly timeS: number;
}

export interface Tally<K extends string> {
  /** Start of each stretch on the common time axis, in seconds, without gaps. */
  readonly startsS: readonly number[];
  /** Number of events of each kind in each interval. */
  readonly of: Readonly<Record<K, readonly number[]>>;
}

/** Maximum number of intervals; the newest are kept. */
const MAX = 96;

/**
 * @param stretchS length of a stretch, in seconds
 * @param untilS end of the time axis, in seconds; the stretch it falls in is the last one
 */
export function tally<K extends string>(
  happened: readonly Happening<K>[],
  kinds: readonly K[],
  stretchS: number,
  untilS: number,
): Tally<K> {
  const last = Math.floor(untilS / stretchS);
  const first = Math.max(0, last - MAX + 1);
  const length = last - first + 1;
  const of = Object.fromEntries(kinds.map((kind) => [kind, new Array<number>(length).fill(0)])) as Record<
    K,
    number[]
  >;
  for (const { kind, timeS } of happened) {
    const at = Math.floor(timeS / stretchS) - first;
    if (at >= 0 && at < length) of[kind][at]!++;
  }
  return { startsS: Array.from({ length }, (_, i) => (first + i) * stretchS), of };
}
