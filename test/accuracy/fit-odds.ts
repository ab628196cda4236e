/** Fits the three numbers that correct a probability by the age beside it. */
import { MIDDLE_AGE, type OddsCurve } from '../../workers/camera/cases/attributes/vision/ages.ts';

export interface Judgement {
  /** What the network says, strictly between 0 and 1. */
  readonly p: number;
  /** Years, as estimated. */
  readonly age: number;
  readonly actual: boolean;
}

const ROUNDS = 50;
/** Keeps the slope finite when the two kinds can be told apart without error. */
const RIDGE = 1e-3;
/** Where the search begins and what the ridge draws back to: the probability as it is. */
const NEUTRAL = [1, 0, 0] as const;

/**
 * Logistic regression on the log-odds and the age, by Newton's method (Platt, Probabilistic outputs for support vector
 * machines, 1999).
 * @returns to a hundredth
 * @throws {RangeError} when only one of the two kinds is there
 */
export function fitOdds(judgements: readonly Judgement[]): Required<OddsCurve> {
  if (new Set(judgements.map(({ actual }) => actual)).size < 2) {
    throw new RangeError('Both kinds are needed.');
  }
  const points = judgements.map(({ p, age, actual }) => ({
    x: [Math.log(p / (1 - p)), 1, (age - MIDDLE_AGE) / 10],
    y: actual ? 1 : 0,
  }));
  let at: number[] = [...NEUTRAL];
  for (let round = 0; round < ROUNDS; round++) {
    const right = at.map((value, i) => -RIDGE * (value - NEUTRAL[i]!));
    const matrix = at.map((_, i) => at.map((__, j) => (i === j ? RIDGE : 0)));
    for (const { x, y } of points) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * at[i]!, 0)));
      x.forEach((a, i) => {
        right[i]! += (y - p) * a;
        x.forEach((b, j) => (matrix[i]![j]! += p * (1 - p) * a * b));
      });
    }
    const step = solve(matrix, right);
    at = at.map((value, i) => value + step[i]!);
  }
  const [slope, offset, perDecade] = at.map((value) => Math.round(value * 100) / 100) as [
    number,
    number,
    number,
  ];
  return { slope, offset, perDecade };
}

/** Gaussian elimination; for a small matrix that is symmetric and positive definite, as the ridge makes it. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    for (const row of rows.slice(column + 1)) {
      const factor = row[column]! / rows[column]![column]!;
      for (let k = column; k <= size; k++) row[k]! -= factor * rows[column]![k]!;
    }
  }
  const values = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const known = values.reduce((sum, value, k) => (k > i ? sum + value * rows[i]![k]! : sum), 0);
    values[i] = (rows[i]![size]! - known) / rows[i]![i]!;
  }
  return values;
}
