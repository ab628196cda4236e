/** Fits the two numbers that correct a probability. */
import type { OddsCurve } from '../../workers/camera/cases/attributes/vision/ages.ts';

export interface Judgement {
  /** What the network says, strictly between 0 and 1. */
  readonly p: number;
  readonly actual: boolean;
}

const ROUNDS = 50;
/** Keeps the slope finite when the two kinds can be told apart without error. */
const RIDGE = 1e-3;

/**
 * Logistic regression on the log-odds, by Newton's method (Platt, Probabilistic outputs for support vector machines,
 * 1999).
 * @returns to a hundredth
 * @throws {RangeError} when only one of the two kinds is there
 */
export function fitOdds(judgements: readonly Judgement[]): OddsCurve {
  if (new Set(judgements.map(({ actual }) => actual)).size < 2) {
    throw new RangeError('Both kinds are needed.');
  }
  const points = judgements.map(({ p, actual }) => ({ x: Math.log(p / (1 - p)), y: actual ? 1 : 0 }));
  let slope = 1;
  let offset = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let [gs, go] = [-RIDGE * (slope - 1), 0];
    let [ss, so, oo] = [RIDGE, 0, RIDGE];
    for (const { x, y } of points) {
      const p = 1 / (1 + Math.exp(-(slope * x + offset)));
      const weight = p * (1 - p);
      gs += (y - p) * x;
      go += y - p;
      ss += weight * x * x;
      so += weight * x;
      oo += weight;
    }
    const determinant = ss * oo - so * so;
    slope += (oo * gs - so * go) / determinant;
    offset += (ss * go - so * gs) / determinant;
  }
  const hundredths = (value: number) => Math.round(value * 100) / 100;
  return { slope: hundredths(slope), offset: hundredths(offset) };
}
