/**
 * False accept and false reject rates of face matching at a threshold of similarity, and the threshold that follows
 * from them. Both sides of the gate compute it: the camera decides by it, and the page shows the rates.
 *
 * The distributions were measured on photos of other people (`test/accuracy/fit-matching.ts`).
 */
import measured from './face-matching.json' with { type: 'json' };

export interface MatchingFit {
  /** Similarities of one person's pictures at the 0, 1, ... 100th percentile, ascending. */
  readonly same: readonly number[];
  /** The same of different people of the group that is mistaken most often. */
  readonly different: readonly number[];
  readonly tail: Tail;
  /** Strangers of several groups, the most often mistaken first. */
  readonly groups: readonly { readonly name: string; readonly pairs: number; readonly tail: Tail }[];
}

/** Beyond the similarity `from` lies the share `share` of different pairs, on average `excess` further up. */
interface Tail {
  readonly from: number;
  readonly share: number;
  readonly excess: number;
}

export const FACE_MATCHING: MatchingFit = measured;

/** Share of values below `x`, from percentiles; linear in between. */
function shareBelow(x: number, percentiles: readonly number[]): number {
  const next = percentiles.findIndex((value) => value > x);
  if (next < 0) return 1;
  if (next === 0) return 0;
  const [low, high] = [percentiles[next - 1]!, percentiles[next]!];
  return (next - 1 + (x - low) / (high - low)) / (percentiles.length - 1);
}

/**
 * FAR: the share of pairs of different people at least as similar as the threshold. Where too few pairs were measured, the
 * tail is taken to be exponential (peaks over threshold: Coles, An Introduction to Statistical Modeling of Extreme Values,
 * 2001, ch. 4), which is more than a normal distribution would have there.
 */
export function falseMatches(threshold: number, { different, tail }: MatchingFit = FACE_MATCHING): number {
  return threshold > tail.from
    ? tail.share * Math.exp((tail.from - threshold) / tail.excess)
    : 1 - shareBelow(threshold, different);
}

/** FAR in one group, at a threshold in its tail. @returns the tail's own share for a threshold below it: at least that */
export const falseMatchesIn = ({ from, share, excess }: Tail, threshold: number): number =>
  threshold > from ? share * Math.exp((from - threshold) / excess) : share;

/** FRR: the share of pairs of one person that are less similar than the threshold. */
export const missedMatches = (threshold: number, { same }: MatchingFit = FACE_MATCHING): number =>
  shareBelow(threshold, same);

/**
 * Share of new visitors who are taken for a known one in a vault of this size: each is compared with all entries, and
 * one false match is enough (ISO/IEC 19795-1, false-positive identification). Assumes independent comparisons.
 */
export const mistakenAmong = (people: number, threshold: number, fit: MatchingFit = FACE_MATCHING): number =>
  1 - (1 - falseMatches(threshold, fit)) ** people;

/** Mean and standard deviation of the similarities of different people. */
export function likenessOf({ different }: MatchingFit = FACE_MATCHING): { mean: number; deviation: number } {
  const mean = different.reduce((sum, x) => sum + x, 0) / different.length;
  const spread = different.reduce((sum, x) => sum + (x - mean) ** 2, 0) / different.length;
  return { mean, deviation: Math.sqrt(spread) };
}

/** Maximum share of impostor pairs that one comparison may accept, however small the vault. */
const MAX_FALSE = 0.01;

/**
 * The threshold that keeps the share of new visitors taken for a known one, in a vault of this size. It rises with the
 * size; the gain for new visitors is a loss for returning ones.
 */
export function thresholdFor(
  people: number,
  mistakenShare: number,
  fit: MatchingFit = FACE_MATCHING,
): number {
  const far = Math.min(MAX_FALSE, 1 - (1 - mistakenShare) ** (1 / Math.max(1, people)));
  const { from, share, excess } = fit.tail;
  return from + excess * Math.log(share / far);
}
