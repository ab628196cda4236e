/** Errors of estimated ages, in years, and how well their order is right. */

export interface AgePair {
  readonly actual: number;
  readonly estimated: number;
}

export interface AgeErrors {
  readonly count: number;
  /** Mean of |estimated - actual|; NaN when there are none. */
  readonly mae: number;
  /** Mean of estimated - actual: above 0, people are taken for older. */
  readonly bias: number;
}

export function ageErrors(pairs: readonly AgePair[]): AgeErrors {
  const mean = (error: (pair: AgePair) => number) =>
    pairs.reduce((sum, pair) => sum + error(pair), 0) / pairs.length;
  return {
    count: pairs.length,
    mae: mean(({ actual, estimated }) => Math.abs(estimated - actual)),
    bias: mean(({ actual, estimated }) => estimated - actual),
  };
}

/** Decades of the true age; the last has no end. */
const AGE_BANDS: Readonly<Record<string, readonly [number, number]>> = {
  '0-9': [0, 10],
  '10-19': [10, 20],
  '20-29': [20, 30],
  '30-39': [30, 40],
  '40-49': [40, 50],
  '50-59': [50, 60],
  '60-69': [60, 70],
  '70+': [70, Infinity],
};

/** Errors by band of the true age, half-open. */
export function ageErrorsByBand(
  pairs: readonly AgePair[],
  bands: Readonly<Record<string, readonly [number, number]>> = AGE_BANDS,
): Record<string, AgeErrors> {
  return Object.fromEntries(
    Object.entries(bands).map(([name, [from, to]]) => [
      name,
      ageErrors(pairs.filter(({ actual }) => actual >= from && actual < to)),
    ]),
  );
}

/** Ranks from 1 on; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) result[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return result;
}

/**
 * Spearman's rank correlation, -1..1: Pearson's correlation of the ranks, which is right with ties, too (Spearman, The
 * American Journal of Psychology 1904). NaN when one side does not vary.
 */
export function spearman(pairs: readonly AgePair[]): number {
  const a = ranks(pairs.map(({ actual }) => actual));
  const b = ranks(pairs.map(({ estimated }) => estimated));
  const mean = (pairs.length + 1) / 2;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  a.forEach((rank, i) => {
    ab += (rank - mean) * (b[i]! - mean);
    aa += (rank - mean) ** 2;
    bb += (b[i]! - mean) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}
