/**
 * What a face network's probabilities of age and sex say. Ages come as one probability for each year from 1 on; their
 * expectation ranks people better than the likeliest year (Rothe et al., DEX: Deep EXpectation of apparent age, ICCV-W
 * 2015).
 */

/** Probabilities of the ages 1, 2, 3, ... years. */
export type AgeDistribution = Float32Array | readonly number[];

/**
 * A monotone curve from what a network says to what is true, through the knots [said, true] in years, straight between
 * them and beyond the ends parallel to the diagonal.
 */
export type AgeCurve = readonly (readonly [said: number, actual: number])[];

/**
 * Expectation in years.
 * @returns NaN when the distribution is all zero
 */
export function meanAge(distribution: AgeDistribution): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < distribution.length; i++) {
    sum += distribution[i]! * (i + 1);
    weight += distribution[i]!;
  }
  return sum / weight;
}

/**
 * The age, years, that a network means when it says `age` years: linear between the knots of its curve.
 * @param curve knots rising in both coordinates; none: nothing is changed
 * @throws {RangeError} when the knots do not rise
 */
export function calibrateAge(age: number, curve: AgeCurve): number {
  curve.forEach(([said, actual], i) => {
    const before = curve[i - 1];
    if (before && !(said > before[0] && actual >= before[1]))
      throw new RangeError(`the curve does not rise at ${said}`);
  });
  const first = curve[0];
  const last = curve.at(-1);
  if (!first || !last) return age;
  if (age <= first[0]) return Math.max(0, age + first[1] - first[0]);
  if (age >= last[0]) return age + last[1] - last[0];
  const next = curve.findIndex(([said]) => said > age);
  const [x0, y0] = curve[next - 1]!;
  const [x1, y1] = curve[next]!;
  return y0 + ((age - x0) / (x1 - x0)) * (y1 - y0);
}

/** Corrects a probability on the scale of its log-odds: `slope * logit(p) + offset`. */
export interface OddsCurve {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Platt scaling of a probability that has one already (Platt 1999; Guo et al., On calibration of modern neural networks,
 * ICML 2017).
 * @param p 0..1
 */
export function calibrateOdds(p: number, { slope, offset }: OddsCurve): number {
  const logit = Math.log(p) - Math.log1p(-p);
  return 1 / (1 + Math.exp(-(slope * logit + offset)));
}

/** First years of the age bands: decades, and one band from 70 on. */
const DECADES: readonly number[] = [0, 10, 20, 30, 40, 50, 60, 70];

/** Index of the band an age falls into. */
export const bandOf = (age: number, starts: readonly number[] = DECADES): number =>
  Math.max(
    0,
    starts.findLastIndex((start) => age >= start),
  );

/**
 * The probability of each band, when the distribution is moved so that its mean sits where the curve puts it. A person
 * is of age n until the next birthday, so the year n covers [n, n + 1).
 *
 * @param starts first year of each band, rising; the last band has no end
 * @returns probabilities that add up to 1; all NaN for an all-zero distribution
 */
export function bandProbabilities(
  distribution: AgeDistribution,
  curve: AgeCurve = [],
  starts: readonly number[] = DECADES,
): number[] {
  const said = meanAge(distribution);
  const move = calibrateAge(said, curve) - said;
  const bands = starts.map(() => 0);
  let weight = 0;
  for (let i = 0; i < distribution.length; i++) {
    const from = i + 1 + move;
    starts.forEach((start, band) => {
      const begin = band === 0 ? -Infinity : start;
      const end = starts[band + 1] ?? Infinity;
      const share = Math.min(from + 1, end) - Math.max(from, begin);
      if (share > 0) bands[band]! += distribution[i]! * Math.min(1, share);
    });
    weight += distribution[i]!;
  }
  return bands.map((p) => p / weight);
}

/** Sums distributions, so that a passage is judged by all its frames and no single one is kept. */
export class AgeTally {
  readonly #sum: Float32Array;
  #weight = 0;

  constructor(years = 100) {
    this.#sum = new Float32Array(years);
  }

  /** @throws {RangeError} when the distribution has another length or the weight is negative */
  add(distribution: AgeDistribution, weight = 1): void {
    if (distribution.length !== this.#sum.length)
      throw new RangeError(`${distribution.length} years instead of ${this.#sum.length}`);
    if (!(weight >= 0 && Number.isFinite(weight)))
      throw new RangeError(`a weight of ${weight} is not possible`);
    for (let i = 0; i < distribution.length; i++) this.#sum[i]! += weight * distribution[i]!;
    this.#weight += weight;
  }

  /** Sum of the weights so far. */
  get weight(): number {
    return this.#weight;
  }

  /** The weighted mean, a copy; all NaN before anything was added. */
  mean(): Float32Array {
    return this.#sum.map((p) => p / this.#weight);
  }

  wipe(): void {
    this.#sum.fill(0);
    this.#weight = 0;
  }
}
