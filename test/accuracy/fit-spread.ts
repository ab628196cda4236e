/** Fits how far true ages lie from estimated ones, from faces of which only a band of ages is known. */
import { scaleAt, type AgeSpread } from '../../workers/camera/cases/attributes/vision/ages.ts';

export interface BandedAge {
  /** Years, as the network says it. */
  readonly estimated: number;
  /** The true age lies in [from, to) years. */
  readonly from: number;
  readonly to: number;
}

/** Where the scale may bend, in years as estimated: few, so that it follows the network and not the pictures. */
const KNOTS = [10, 40, 70];
const FIRST_SCALE = 4;
const MIN_SCALE = 0.5;
/** Steps of the search, years: halved until the last. */
const FIRST_STEP = 2;
const LAST_STEP = 0.05;
/** No face is less likely than this, so that none decides alone. */
const LEAST_LIKELY = 1e-3;

/** Logarithm of how likely the bands are, summed over the faces. */
export function likelihood(faces: readonly BandedAge[], spread: AgeSpread): number {
  return faces.reduce((sum, { estimated, from, to }) => {
    const scale = scaleAt(estimated, spread);
    const below = (age: number) => (age <= 0 ? 0 : 1 / (1 + Math.exp((estimated - age) / scale)));
    return sum + Math.log(Math.max(LEAST_LIKELY, below(to) - below(from)));
  }, 0);
}

/**
 * The likeliest scales of a logistic distribution at a few knots, by coordinate search.
 * @returns the knots with their scales, to a tenth of a year
 * @throws {RangeError} without faces
 */
export function fitSpread(faces: readonly BandedAge[], knots: readonly number[] = KNOTS): AgeSpread {
  if (faces.length === 0) throw new RangeError('no faces');
  const scales = knots.map(() => FIRST_SCALE);
  const asSpread = (values: readonly number[]) => values.map((scale, k) => [knots[k]!, scale] as const);
  let best = likelihood(faces, asSpread(scales));
  for (let step = FIRST_STEP; step > LAST_STEP;) {
    let better = false;
    for (const [k] of knots.entries()) {
      for (const move of [step, -step]) {
        const tried = scales.with(k, scales[k]! + move);
        if (tried[k]! < MIN_SCALE) continue;
        const value = likelihood(faces, asSpread(tried));
        if (value <= best) continue;
        best = value;
        scales[k] = tried[k]!;
        better = true;
      }
    }
    if (!better) step /= 2;
  }
  return asSpread(scales.map((scale) => Math.round(scale * 10) / 10));
}
