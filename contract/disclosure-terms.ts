/**
 * The terms of disclosure control: ranges of its settings, and the mark of a record that it was relaxed for. What
 * applies to which case on which source is in `disclosure.ts`.
 */
import * as v from 'valibot';

/** Minimum number of people in a figure. Below `MIN_REAL_K` only synthetic sources are admitted. */
export const K_RANGE = { min: 1, max: 50, default: 5 } as const;

/**
 * Minimum k on real footage. With k = 2, one of two people learns the other's part by subtracting their own; with 3 that
 * takes two accomplices, with the default of 5 it takes four.
 */
export const MIN_REAL_K = 3;

export const peopleK = v.pipe(v.number(), v.integer(), v.minValue(K_RANGE.min), v.maxValue(K_RANGE.max));

/** Length of a time bin in seconds. On real footage no time is told more finely. */
export const BIN_S = { min: 60, max: 3600, default: 300 } as const;

export const binLength = v.pipe(
  v.number(),
  v.integer(),
  v.multipleOf(BIN_S.min),
  v.minValue(BIN_S.min),
  v.maxValue(BIN_S.max),
);

/** Minimum seconds between two releases of sums on real footage, and what is set unless the operator says otherwise. */
export const RELEASE_S = { min: 300, default: 900 } as const;

const hundredths = v.check(
  (value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
  'hundredths',
);

/** Noise on the sums of case 2: discrete Laplace noise (Ghosh et al. 2009; Canonne et al. 2020). */
export const Noise = v.pipe(
  v.strictObject({
    /** Privacy loss of one release of one figure; spread over the values of the figure. */
    epsilon: v.pipe(v.number(), v.minValue(0.1), v.maxValue(10), hundredths),
    /** Sum of the losses that one figure may cause in a day; then it is withheld until the next. */
    dailyEpsilon: v.pipe(v.number(), v.minValue(0.1), v.maxValue(100), hundredths),
  }),
  v.check(({ epsilon, dailyEpsilon }) => epsilon <= dailyEpsilon, 'epsilon above the budget of the day'),
);
export type Noise = v.InferOutput<typeof Noise>;

/** The record is of a synthetic source, and disclosure control was relaxed for it. The camera sets it, no pipeline does. */
export const relaxedMark = v.optional(v.literal(true));
