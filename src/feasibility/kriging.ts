/**
 * Interpolation between scattered measurements (kriging, also Gaussian process regression: Rasmussen & Williams,
 * Gaussian Processes for Machine Learning, 2006, chapter 2.7). Near measured points the estimate follows them; far from
 * all of them it falls back to a linear trend, with a larger variance.
 */

export interface Sample {
  readonly x: readonly number[];
  readonly y: number;
}

export interface KrigingOptions {
  /** Slope of the trend along each axis. */
  readonly slopes: readonly number[];
  /** Standard deviation of the true slopes from these. */
  readonly slopeSpread: number;
  /** Standard deviation of y from the trend. */
  readonly amplitude: number;
  /** Correlation length in x of the measurements. */
  readonly reach: number;
  /** Standard deviation of a measurement, including effects that x does not cover. */
  readonly noise: number;
}

/** Prior standard deviation of the trend's height: almost uninformative. */
const HEIGHT_VARIANCE = 100;

export class Kriging {
  readonly #samples: readonly Sample[];
  readonly #options: KrigingOptions;
  readonly #middle: readonly number[];
  /** Lower triangle of the covariance's Cholesky factor. */
  readonly #factor: readonly (readonly number[])[];
  readonly #weights: readonly number[];

  /** @throws {RangeError} without samples */
  constructor(samples: readonly Sample[], options: KrigingOptions) {
    if (samples.length === 0) throw new RangeError('nothing to interpolate between');
    this.#samples = samples;
    this.#options = options;
    this.#middle = options.slopes.map(
      (_, axis) => samples.reduce((sum, { x }) => sum + (x[axis] ?? 0), 0) / samples.length,
    );
    const covariance = samples.map((a, i) =>
      samples.map((b, j) => this.#covariance(a.x, b.x) + (i === j ? options.noise ** 2 : 0)),
    );
    this.#factor = cholesky(covariance);
    this.#weights = solve(
      this.#factor,
      samples.map(({ x, y }) => y - this.#trend(x)),
    );
  }

  /** @returns the estimate, and the variance of a new measurement there */
  at(x: readonly number[]): { mean: number; variance: number } {
    const covariances = this.#samples.map((sample) => this.#covariance(sample.x, x));
    const mean =
      this.#trend(x) + covariances.reduce((sum, each, i) => sum + each * (this.#weights[i] ?? 0), 0);
    const explained = forward(this.#factor, covariances).reduce((sum, each) => sum + each * each, 0);
    const variance = this.#covariance(x, x) - explained + this.#options.noise ** 2;
    return { mean, variance };
  }

  #trend(x: readonly number[]): number {
    return this.#options.slopes.reduce((sum, slope, axis) => sum + slope * (x[axis] ?? 0), 0);
  }

  #covariance(a: readonly number[], b: readonly number[]): number {
    const { amplitude, reach, slopeSpread } = this.#options;
    let distance = 0;
    let along = 0;
    this.#middle.forEach((middle, axis) => {
      const [p, q] = [a[axis] ?? 0, b[axis] ?? 0];
      distance += ((p - q) / reach) ** 2;
      along += (p - middle) * (q - middle);
    });
    return amplitude ** 2 * Math.exp(-distance / 2) + slopeSpread ** 2 * along + HEIGHT_VARIANCE;
  }
}

/** The lower triangle L with L Lᵀ = matrix, which must be symmetric and positive definite. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  matrix.forEach((row, i) => {
    const own: number[] = [];
    factor.push(own);
    for (let j = 0; j <= i; j++) {
      const other = factor[j] as number[];
      let rest = row[j] as number;
      for (let k = 0; k < j; k++) rest -= (own[k] as number) * (other[k] as number);
      own.push(i === j ? Math.sqrt(rest) : rest / (other[j] as number));
    }
  });
  return factor;
}

/** The solution z of L z = y. */
function forward(factor: readonly (readonly number[])[], y: readonly number[]): number[] {
  const z: number[] = [];
  factor.forEach((row, i) => {
    let rest = y[i] as number;
    for (let k = 0; k < i; k++) rest -= (row[k] as number) * (z[k] as number);
    z.push(rest / (row[i] as number));
  });
  return z;
}

/** The solution z of L Lᵀ z = y. */
function solve(factor: readonly (readonly number[])[], y: readonly number[]): number[] {
  const z = forward(factor, y);
  for (let i = z.length - 1; i >= 0; i--) {
    let rest = z[i] as number;
    for (let k = i + 1; k < z.length; k++) rest -= (factor[k]?.[i] as number) * (z[k] as number);
    z[i] = rest / (factor[i]?.[i] as number);
  }
  return z;
}
