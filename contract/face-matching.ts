/**
 * How often two faces are taken for one wrongly, and one for two, at a threshold of similarity; from which follows the
 * threshold. Both sides of the gate compute it: the camera decides by it, and the page shows what that means.
 *
 * The distributions were measured on photos of people who have no part in this (`test/accuracy/fit-matching.ts`).
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
 * How many strangers are taken for somebody known when so many people are held: each is compared with all of them, and
 * one wrong match is enough (ISO/IEC 19795-1, false-positive identification). Takes the comparisons as independent.
 */
export const mistakenAmong = (people: number, threshold: number, fit: MatchingFit = FACE_MATCHING): number =>
  1 - (1 - falseMatches(threshold, fit)) ** people;

/** Mean and standard deviation of the similarities of different people. */
export function likenessOf({ different }: MatchingFit = FACE_MATCHING): { mean: number; deviation: number } {
  const mean = different.reduce((sum, x) => sum + x, 0) / different.length;
  const spread = different.reduce((sum, x) => sum + (x - mean) ** 2, 0) / different.length;
  return { mean, deviation: Math.sqrt(spread) };
}

/** However few are held, a comparison must not accept more different pairs than this. */
const MAX_FALSE = 0.01;

/**
 * The threshold that holds the share of strangers taken for somebody known, with so many people held. It rises with their
 * number; what is gained for the strangers is lost for those who do come back.
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
